//! German.

use super::{Locale, PurposeText, StandardPurposes, Texts};

pub(super) const LOCALE: Locale = Locale {
    tag: "de",
    dir: "ltr",
    texts: Texts {
        banner_title: "Ihre Daten, Ihre Wahl",
        banner_body: "Mit Ihrer Einwilligung verwenden wir und unsere Partner Cookies und ähnliche Techniken, um Besuche zu zählen und passende Angebote zu zeigen. Vorher geschieht nichts davon, und Sie können Ihre Wahl jederzeit ändern.",
        banner_body_opt_out: "Wir und unsere Partner verwenden Cookies und ähnliche Techniken, um Besuche zu zählen und passende Angebote zu zeigen; das kann als Verkauf oder Weitergabe personenbezogener Daten gelten. Sie können dem jetzt oder jederzeit widersprechen.",
        gpc_line: "Widerspruch berücksichtigt: Ihr Browser sendet Global Privacy Control.",
        accept_all: "Alle akzeptieren",
        reject_all: "Alle ablehnen",
        manage_choices: "Auswahl anpassen",
        saving: "Ihre Wahl wird gespeichert …",
        saved: "Ihre Wahl ist gespeichert.",
        failed: "Ihre Wahl gilt auf dieser Seite, konnte aber noch nicht gespeichert werden.",
        retry: "Erneut versuchen",
        preferences_title: "Datenschutz-Auswahl",
        preferences_body: "Entscheiden Sie für jeden Zweck, ob Ihre Daten verwendet werden dürfen. Sie können das jederzeit ändern.",
        preferences_body_opt_out: "Schalten Sie aus, was Sie nicht möchten. Damit widersprechen Sie auch dem Verkauf und der Weitergabe personenbezogener Daten für diesen Zweck.",
        save_choices: "Auswahl speichern",
        close: "Schließen",
        always_on: "Immer aktiv",
        details: "Einzelheiten",
        vendors: "Beteiligte",
        legal_basis: "Rechtsgrundlage",
        legal_basis_consent: "Ihre Einwilligung",
        legal_basis_contract: "Um zu leisten, worum Sie gebeten haben (Vertrag)",
        legal_basis_legitimate_interest: "Berechtigtes Interesse",
        retention: "Aufbewahrt für",
        retention_days: "{days} Tage",
        stores: "Speichert",
        privacy_policy: "Datenschutzerklärung",
        gpc_honoured: "Widerspruch berücksichtigt: Ihr Browser sendet Global Privacy Control. Verkauf und Weitergabe sind aus, solange Sie sie nicht einschalten.",
        load_failed: "Die Einzelheiten konnten nicht geladen werden. Ihre Auswahl funktioniert trotzdem.",
        record: "Nachweis",
        placeholder_body: "Dieser Inhalt kommt von einem Dritten. Er lädt nur, wenn Sie „{purpose}“ erlauben.",
        placeholder_allow: "{purpose} erlauben",
    },
    purposes: StandardPurposes {
        necessary: PurposeText {
            name: "Notwendig",
            description: "Damit die Seite funktioniert, etwa für Ihren Warenkorb oder diese Auswahl.",
        },
        functional: PurposeText {
            name: "Funktional",
            description: "Merkt sich Ihre Einstellungen, etwa Sprache oder Region.",
        },
        analytics: PurposeText {
            name: "Statistik",
            description: "Zählt Besuche und zeigt, welche Seiten gelesen werden, damit das Angebot besser wird.",
        },
        marketing: PurposeText {
            name: "Marketing",
            description: "Zeigt Angebote, die zu Ihnen passen, hier und auf anderen Seiten, und misst ihre Wirkung.",
        },
    },
};
