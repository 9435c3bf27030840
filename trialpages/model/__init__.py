"""Layer 2: documents become trials: typed, frozen, validated facts and the formulas over them."""
