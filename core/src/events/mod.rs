//! Events: what a page tells, held until consent allows it, decided again at the edge, counted and handed on.
