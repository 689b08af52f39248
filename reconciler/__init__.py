"""reconciler: GitOps for hybrid identity. Importing the package does nothing else."""

__version__ = "0.1.0"
