"""Layer 3: cards become a site: everything that pages may know of each other."""
