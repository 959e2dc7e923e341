//! The application: who is signed in, where the address leads, and the frame around every page.

use leptos::{ev::MouseEvent, prelude::*, task::spawn_local};
use nod_pages::dom::{focus, next_turn, scroll_up, set_title, the_window};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

use crate::{
    api::{self, Me},
    live,
    load::{Load, Loading, loaded},
    on,
    role::Role,
    route::{HOME, Page, Route},
    rows::CollectAny,
    views::{self, Asked},
    words::readable,
};

/// What the application knows. Copying gives another handle to the same.
#[derive(Clone, Copy)]
pub(crate) struct App {
    pub(crate) route: RwSignal<Route>,
    /// Whoever is signed in; `None` where nobody is.
    pub(crate) me: Loading<Option<Me>>,
    /// The token of the link that led here, until it is used.
    token: RwSignal<Option<String>>,
    /// What was done last, for those who do not see it.
    said: RwSignal<String>,
    /// The question that is open.
    asked: Asked,
}

impl App {
    pub(crate) fn new() -> Self {
        let app = Self {
            route: RwSignal::new(here()),
            me: Loading::new(),
            token: RwSignal::new(token()),
            said: RwSignal::new(String::new()),
            asked: Asked::provide(),
        };
        app.entitle();
        app.load();
        app
    }

    /// Asks who is signed in; with the token of a link, by using it first.
    pub(crate) fn load(self) {
        self.me.set(Load::Waiting);
        spawn_local(async move {
            let token = self.token.get_untracked();
            self.token.set(None);
            if let Some(token) = token {
                forget_token();
                if let Ok(errors) = api::sign_in(&token).await
                    && let Some(error) = errors.first()
                {
                    self.say(error.message.clone());
                }
            }
            self.me.set(Load::of(api::me().await));
        });
    }

    /// Whether somebody is signed in of at least this role. The API holds the same; the page only offers nothing in vain.
    pub(crate) fn may(self, least: Role) -> bool {
        self.me.with(|me| me.as_ref().is_some_and(|me| me.may(least))).unwrap_or_default()
    }

    /// The id of the member who is signed in; empty for a program.
    pub(crate) fn member(self) -> String {
        let id = |me: &Option<Me>| Some(me.as_ref()?.staff.as_ref()?.id.clone());
        self.me.with(id).flatten().unwrap_or_default()
    }

    /// Says what was done, to those who see it and to those who hear it.
    pub(crate) fn say(self, sentence: impl Into<String>) {
        self.said.set(sentence.into());
    }

    /// Goes to another page, or to another state of this one, which becomes part of the history.
    pub(crate) fn go(self, route: &Route) {
        if let Ok(history) = the_window().history() {
            // An address of our own is always a valid one.
            _ = history.push_state_with_url(&JsValue::NULL, "", Some(&route.address()));
        }
        self.follow();
    }

    /// The address says that something else is wanted.
    pub(crate) fn follow(self) {
        let route = here();
        let is_another_page =
            self.route.with_untracked(|before| (before.page, &before.item) != (route.page, &route.item));
        self.route.set(route);
        self.entitle();
        if is_another_page {
            self.say("");
            self.asked.close();
            scroll_up();
            // The page is there with the next turn of its effects.
            spawn_local(async {
                next_turn().await;
                focus("h1");
            });
        }
    }

    fn entitle(self) {
        let name = self.route.with_untracked(|route| route.page.map_or("Not found", Page::name));
        set_title(&[name, " · Nod"].concat());
    }

    fn sign_out(self) {
        spawn_local(async move {
            match api::sign_out().await {
                Ok(Some(next)) => _ = the_window().location().assign(&next),
                _ => self.load(),
            }
        });
    }
}

fn here() -> Route {
    let location = the_window().location();
    Route::parse(&location.pathname().unwrap_or_default(), &location.search().unwrap_or_default())
}

fn token() -> Option<String> {
    let hash = the_window().location().hash().unwrap_or_default();
    hash.strip_prefix("#sign-in=").map(str::to_owned)
}

/// A token that is used up is not gone back to, nor read over somebody's shoulder.
fn forget_token() {
    let location = the_window().location();
    let address = [location.pathname().unwrap_or_default(), location.search().unwrap_or_default()].concat();
    if let Ok(history) = the_window().history() {
        _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    }
}

/// A click on a link of ours that asks for nothing special is followed without loading the page anew.
fn follow(app: App, click: &MouseEvent) {
    let is_special =
        click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key() || click.button() != 0;
    let link = click.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    let link = link.and_then(|element| element.closest("a[href]").ok().flatten());
    let address = link.and_then(|link| link.get_attribute("href")).filter(|address| address.starts_with(HOME));
    let (Some(address), false) = (address, is_special) else { return };
    click.prevent_default();
    let (path, search) = address.split_once('?').unwrap_or((&address, ""));
    app.go(&Route::parse(path, search));
}

/// Every page's frame: where one can go, who is there, and the page.
#[component]
#[expect(unreachable_pub, reason = "the way of the component macro")]
pub(crate) fn Frame(app: App) -> impl IntoView {
    view! {
        <div class="app" on:click=on::click(move |click| follow(app, &click))>
            <a class="skip" href="#main" on:click=on::click(|click| { click.prevent_default(); focus("main"); })>"Skip to content"</a>
            {loaded(app.me, move || app.load(), move |me| match me {
                Some(me) => view! { <SignedIn app me /> }.into_any(),
                None => view! { <main id="main" class="alone" tabindex="-1"><views::SignIn app /></main> }.into_any(),
            })}
            <p class="said" role="status">{live::text(move || app.said.get())}</p>
        </div>
    }
}

#[component]
fn SignedIn(app: App, me: Me) -> impl IntoView {
    let who = me.staff.as_ref().map_or_else(|| "A token of the API".to_owned(), |staff| staff.name.clone());
    let role = me.role.as_deref().map(readable).unwrap_or_default();
    let page = Memo::new(move |_| app.route.with(|route| route.page));
    let is_open = RwSignal::new(false);
    Effect::new(move |_| {
        app.route.track();
        is_open.set(false);
    });
    view! {
        <header class="masthead">
            <p class="brand">{me.controller.name}</p>
            <button type="button" class="quiet menu" aria-expanded=move || is_open.get().to_string() aria-controls="nav"
                on:click=on::click(move |_| is_open.update(|open| *open = !*open))>"Menu"</button>
            <nav id="nav" aria-label="Dashboard" data-open=move || is_open.get().to_string()>
                <ul>{Page::ALL.map(|to| tab(page, to)).collect_any()}</ul>
            </nav>
            <div class="who">
                <p>{who}" "<span class="soft">{role}</span></p>
                <button type="button" class="quiet" on:click=on::click(move |_| app.sign_out())>"Sign out"</button>
            </div>
        </header>
        <main id="main" tabindex="-1">{live::part(move || shown(app, page.get()))}</main>
    }
}

fn shown(app: App, page: Option<Page>) -> AnyView {
    let Some(page) = page else {
        return view! {
            <h1 tabindex="-1">"There is nothing here"</h1>
            <p>"The address may be mistyped. "<a href=HOME>"Go to the overview"</a>"."</p>
        }
        .into_any();
    };
    match page {
        Page::Overview => view! { <views::Overview app /> }.into_any(),
        Page::Requests => view! { <views::Requests app /> }.into_any(),
        Page::People => view! { <views::People app /> }.into_any(),
        Page::Connections => view! { <views::Connections app /> }.into_any(),
        Page::Consent => view! { <views::Consent app /> }.into_any(),
        Page::Tags => view! { <views::Tags app /> }.into_any(),
        Page::Journal => view! { <views::Journal app /> }.into_any(),
        Page::Site => view! { <views::Site app /> }.into_any(),
        Page::Staff => view! { <views::Staff app /> }.into_any(),
    }
}

fn tab(page: Memo<Option<Page>>, to: Page) -> impl IntoView {
    let current = move || (page.get() == Some(to)).then_some("page");
    view! { <li><a href=to.path() aria-current=current>{to.name()}</a></li> }
}
