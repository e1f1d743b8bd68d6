"""sitegen: a static blog generator for people who write about code."""

__version__ = "0.1.0"
DISTRIBUTION = "sitegen-blog"
"""What is installed: the package index has another project called sitegen."""
MANUAL = "https://sitegen.github.io/sitegen/"
