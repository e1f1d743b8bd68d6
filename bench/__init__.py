"""The benchmark: sitegen beside other generators, on the same posts and in the same run."""
