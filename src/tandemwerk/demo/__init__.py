"""The demo programme «Menschen verbinden» and the data set of programme scale. All invented."""
