"""Design system: base templates, components, theme, charts and maps."""
