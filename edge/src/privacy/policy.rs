//! What the centre's page may load, and who may frame it.

/// Only what Nod itself serves; nothing inline. `framed_by`: the site's origins, for the form in the owner's pages; else
/// nobody frames the page, so that no click on it can be stolen.
pub(super) fn policy(framed_by: Option<&[String]>, has_turnstile: bool) -> String {
    let turnstile = if has_turnstile { " https://challenges.cloudflare.com" } else { "" };
    let mut policy = [
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'",
        turnstile,
        "; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'",
        if has_turnstile { "; frame-src https://challenges.cloudflare.com" } else { "" },
        "; frame-ancestors ",
    ]
    .concat();
    match framed_by {
        None => policy.push_str("'none'"),
        Some(origins) => {
            policy.push_str("'self'");
            for origin in origins.iter().filter(|origin| is_source(origin)) {
                policy.push(' ');
                policy.push_str(origin);
            }
        }
    }
    policy
}

/// What would end the directive, or the header, is no origin.
fn is_source(origin: &str) -> bool {
    origin.bytes().all(|byte| byte.is_ascii_alphanumeric() || b":/.-*[]".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::policy;

    #[test]
    fn nobody_frames_the_centre_and_the_sites_own_pages_frame_the_form() {
        assert!(policy(None, false).ends_with("; frame-ancestors 'none'"));
        let origins = ["https://shop.example", "https://*.shop.example:8443", "x; script-src *", "https://a b"];
        let framed = policy(Some(&origins.map(str::to_owned)), false);
        assert!(
            framed.ends_with("; frame-ancestors 'self' https://shop.example https://*.shop.example:8443"),
            "{framed}"
        );
    }

    #[test]
    fn nothing_inline_and_nobody_elses_script_but_turnstiles_where_the_owner_has_it() {
        let strict = policy(None, false);
        assert!(
            !strict.contains("https://")
                && !strict.contains("unsafe-inline")
                && strict.starts_with("default-src 'none'")
        );
        let guarded = policy(None, true);
        assert!(guarded.contains("script-src 'self' 'wasm-unsafe-eval' https://challenges.cloudflare.com;"));
        assert!(guarded.contains("frame-src https://challenges.cloudflare.com;"));
    }
}
