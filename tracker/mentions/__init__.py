"""Event mentions: what one article says happened, with the words that say it. No word of any language stands here.

Flow: sentences -> clauses with a trigger -> status, who, where, how many, who says so, when -> gate -> lead.
"""

from tracker.mentions.detect import Decision, Detection, detect

__all__ = ["Decision", "Detection", "detect"]
