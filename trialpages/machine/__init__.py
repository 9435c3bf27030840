"""Layer 5: the machine: memo, processes, output. It knows no trials."""
