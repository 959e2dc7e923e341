//! Rights requests: what a data subject may ask for, and what the answer is made of.

pub mod package;
pub mod platforms;
