//! French.

use super::{Locale, PurposeText, StandardPurposes, Texts};

pub(super) const LOCALE: Locale = Locale {
    tag: "fr",
    dir: "ltr",
    texts: Texts {
        banner_title: "Vos données, votre choix",
        banner_body: "Avec votre consentement, nos partenaires et nous utilisons des cookies et des techniques similaires pour mesurer l’audience et proposer des offres pertinentes. Rien de cela n’a lieu avant votre choix, que vous pouvez modifier à tout moment.",
        banner_body_opt_out: "Nos partenaires et nous utilisons des cookies et des techniques similaires pour mesurer l’audience et proposer des offres pertinentes, ce qui peut constituer une vente ou un partage de données personnelles. Vous pouvez vous y opposer maintenant ou à tout moment.",
        gpc_line: "Opposition prise en compte : votre navigateur envoie le signal Global Privacy Control.",
        accept_all: "Tout accepter",
        reject_all: "Tout refuser",
        manage_choices: "Gérer les choix",
        saving: "Enregistrement de votre choix…",
        saved: "Votre choix est enregistré.",
        failed: "Votre choix s’applique à cette page, mais n’a pas encore pu être enregistré.",
        retry: "Réessayer",
        preferences_title: "Choix de confidentialité",
        preferences_body: "Décidez, finalité par finalité, si vos données peuvent être utilisées. Vous pouvez revenir sur ce choix à tout moment.",
        preferences_body_opt_out: "Désactivez ce que vous ne souhaitez pas. Vous vous opposez ainsi aussi à la vente et au partage de données personnelles pour cette finalité.",
        save_choices: "Enregistrer les choix",
        close: "Fermer",
        always_on: "Toujours actif",
        details: "Détails",
        vendors: "Qui est concerné",
        legal_basis: "Base légale",
        legal_basis_consent: "Votre consentement",
        legal_basis_contract: "Fournir ce que vous avez demandé (contrat)",
        legal_basis_legitimate_interest: "Intérêt légitime",
        retention: "Conservation",
        retention_days: "{days} jours",
        stores: "Enregistre",
        privacy_policy: "Politique de confidentialité",
        gpc_honoured: "Opposition prise en compte : votre navigateur envoie le signal Global Privacy Control ; la vente et le partage restent désactivés tant que vous ne les activez pas.",
        load_failed: "Les détails n’ont pas pu être chargés. Vos choix fonctionnent tout de même.",
        record: "Preuve",
        placeholder_body: "Ce contenu provient d’un tiers. Il ne se charge que si vous autorisez « {purpose} ».",
        placeholder_allow: "Autoriser : {purpose}",
    },
    purposes: StandardPurposes {
        necessary: PurposeText {
            name: "Nécessaire",
            description: "Indispensable au fonctionnement du site, par exemple pour votre panier ou ce choix.",
        },
        functional: PurposeText {
            name: "Fonctionnel",
            description: "Se souvient de vos réglages, comme la langue ou la région.",
        },
        analytics: PurposeText {
            name: "Mesure d’audience",
            description: "Compte les visites et les pages lues afin d’améliorer le site.",
        },
        marketing: PurposeText {
            name: "Marketing",
            description: "Propose des offres adaptées, ici et sur d’autres sites, et mesure leur efficacité.",
        },
    },
};
