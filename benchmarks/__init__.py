"""Speed, memory and quality on real data, apart from the tests. Data: the folder named by KRONIK_DATA.

Nothing of that data is part of this repository. Without it, the benchmarks that need it say so and are skipped.
"""
