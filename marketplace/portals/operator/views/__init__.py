"""The operator's pages, one module for each thing that is run."""
