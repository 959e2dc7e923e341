//! The tag configuration: rules, vendors and destinations, read and judged the same in the page and at the edge.
