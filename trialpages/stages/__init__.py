"""Layer 6: the stages in order. The only place that knows both the trials and the machine."""
