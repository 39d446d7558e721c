"""What the exchange leaves behind: cases, guides, templates, answers, and who uses them."""
