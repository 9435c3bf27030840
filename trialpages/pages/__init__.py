"""Layer 4: site and trials become pages: views, templates, assets."""
