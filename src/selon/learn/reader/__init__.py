"""How the learnt reader is trained; only here is torch imported."""
