//! The centre: what it knows, and the frame around every screen.

use crate::{
    api::{self, Account, Notice, Site},
    load::Load,
    page::{self, Facts},
    route::Route,
    texts::{named, t},
    views,
};
use leptos::{prelude::*, task::spawn_local};

/// The languages of the centre, each by its own name.
const LANGUAGES: [(&str, &str); 4] = [("en", "English"), ("de", "Deutsch"), ("fr", "Français"), ("es", "Español")];

/// What the centre knows. Copying gives another handle to the same.
#[derive(Clone, Copy)]
pub(crate) struct Centre {
    pub(crate) facts: StoredValue<Facts>,
    pub(crate) route: RwSignal<Route>,
    pub(crate) site: RwSignal<Load<Site>>,
    pub(crate) notice: RwSignal<Load<Notice>>,
    /// Whoever is signed in; `None` where nobody is.
    pub(crate) account: RwSignal<Load<Option<Account>>>,
    /// The visitor's id, as far as this page may know it.
    pub(crate) visitor: RwSignal<Option<String>>,
    /// Where the visitor says that they live; empty for where they seem to be.
    pub(crate) region: RwSignal<String>,
    /// What was asked for last, and the address that a mail goes to.
    pub(crate) sent: RwSignal<Option<(String, String)>>,
}

impl Centre {
    pub(crate) fn new(facts: Facts) -> Self {
        let region = facts.region.clone().unwrap_or_default();
        let centre = Self {
            facts: StoredValue::new(facts),
            route: RwSignal::new(Route::Overview),
            site: RwSignal::new(Load::Waiting),
            notice: RwSignal::new(Load::Waiting),
            account: RwSignal::new(Load::Waiting),
            visitor: RwSignal::new(page::visitor()),
            region: RwSignal::new(region),
            sent: RwSignal::new(None),
        };
        centre.load();
        centre.show(page::route());
        centre
    }

    pub(crate) fn site_key(self) -> String {
        self.facts.with_value(|facts| facts.site.clone())
    }

    pub(crate) fn controller(self) -> String {
        self.facts.with_value(|facts| facts.controller.clone())
    }

    /// Asks what the site is and does.
    pub(crate) fn load(self) {
        self.load_site();
        self.notice.set(Load::Waiting);
        spawn_local(async move {
            let notice = api::notice(&self.site_key(), &self.region.get_untracked()).await;
            self.notice.set(Load::of(notice));
        });
    }

    /// Asks what can be asked for, and by which law: it depends on where somebody lives.
    pub(crate) fn load_site(self) {
        spawn_local(self.refresh_site());
    }

    /// The same, for whoever waits for it.
    pub(crate) async fn refresh_site(self) {
        let region = self.region.get_untracked();
        let site = api::site(&self.site_key(), &region).await;
        if region == self.region.get_untracked() {
            self.site.set(Load::of(site));
        }
    }

    /// Asks who is signed in and what they have asked for.
    pub(crate) fn load_account(self) {
        spawn_local(self.refresh_account());
    }

    /// The same, for whoever waits for it.
    pub(crate) async fn refresh_account(self) {
        self.account.set(Load::of(api::account().await));
    }

    /// The address says that another screen is wanted.
    pub(crate) fn move_to(self, route: Route) {
        self.show(route);
        page::scroll_up();
        // The screen is there with the next turn of its effects.
        spawn_local(async move {
            page::next_turn().await;
            page::focus("h1");
        });
    }

    fn show(self, route: Route) {
        if let Route::Choices(Some(visitor)) = &route {
            self.visitor.set(Some(visitor.clone()));
        }
        if matches!(route, Route::Requests | Route::Request(_)) {
            self.load_account();
        }
        page::set_title(&[&title(&route), " · ", &self.controller()].concat());
        self.route.set(route);
    }
}

fn title(route: &Route) -> String {
    match route {
        Route::Overview => t("shell_title"),
        Route::Choices(_) => t("nav_choices"),
        Route::Form(None) => t("nav_request"),
        Route::Form(Some(kind)) => named("kind_", kind),
        Route::Sent => t("sent_title"),
        Route::Verify(_) => t("verify_title"),
        Route::SignIn(_) => t("sign_in_title"),
        Route::Requests | Route::Request(_) => t("nav_requests"),
    }
}

/// Every screen's frame: whose page it is, where one can go, and the screen.
#[component]
#[expect(unreachable_pub, reason = "the way of the component macro")]
pub(crate) fn Frame(centre: Centre) -> impl IntoView {
    let screen = move || match centre.route.get() {
        Route::Overview => view! { <views::Overview centre /> }.into_any(),
        Route::Choices(_) => view! { <views::Choices centre /> }.into_any(),
        Route::Form(kind) => view! { <views::Form centre kind=kind.unwrap_or_default() /> }.into_any(),
        Route::Sent => view! { <views::Sent centre /> }.into_any(),
        Route::Verify(token) => view! { <views::Verify centre token /> }.into_any(),
        Route::SignIn(None) => view! { <views::SignIn centre /> }.into_any(),
        Route::SignIn(Some(token)) => view! { <views::Enter centre token /> }.into_any(),
        Route::Requests => view! { <views::Requests centre /> }.into_any(),
        Route::Request(id) => view! { <views::OneRequest centre id /> }.into_any(),
    };
    if centre.facts.with_value(|facts| facts.is_embedded) {
        return view! { <main>{screen}</main> }.into_any();
    }
    view! {
        <a class="skip" href="#main" on:click=skip>{t("skip")}</a>
        <header class="masthead">
            <p class="brand">{centre.controller()}</p>
            <nav aria-label=t("nav_label")>
                <ul>
                    {tab(centre, &Route::Overview, "nav_overview")}
                    {tab(centre, &Route::Choices(None), "nav_choices")}
                    {tab(centre, &Route::Form(None), "nav_request")}
                    {tab(centre, &Route::Requests, "nav_requests")}
                </ul>
            </nav>
        </header>
        <main id="main" tabindex="-1">{screen}</main>
        <Foot centre />
    }
    .into_any()
}

/// The fragment belongs to the screens: skipping is done without it.
#[expect(clippy::needless_pass_by_value, reason = "the form of a listener")]
fn skip(click: leptos::ev::MouseEvent) {
    click.prevent_default();
    page::focus("main");
}

fn tab(centre: Centre, route: &Route, text: &str) -> impl IntoView {
    let address = route.fragment();
    let here = move || match centre.route.get() {
        Route::Overview => "nav_overview",
        Route::Choices(_) => "nav_choices",
        Route::Form(_) | Route::Sent => "nav_request",
        _ => "nav_requests",
    };
    let text_key = text.to_owned();
    let current = move || (here() == text_key).then_some("page");
    view! { <li><a href=address aria-current=current>{t(text)}</a></li> }
}

/// Whom to write to, and the other languages.
#[component]
fn Foot(centre: Centre) -> impl IntoView {
    let here = page::locale();
    let languages = LANGUAGES.map(|(tag, name)| {
        let current = (tag == here).then_some("true");
        let address = move || page::address_in(tag, &centre.route.get());
        view! { <li><a href=address lang=tag hreflang=tag aria-current=current>{name}</a></li> }
    });
    view! {
        <footer>
            <p><views::Reach centre /></p>
            <nav aria-label=t("languages")><ul>{languages.into_iter().collect_view()}</ul></nav>
        </footer>
    }
}
