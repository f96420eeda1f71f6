"""How any disclosure is worded: reasons, names of subjects, full stops, what it calls itself."""
