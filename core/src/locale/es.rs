//! Spanish.

use super::{Locale, PurposeText, StandardPurposes, Texts};

pub(super) const LOCALE: Locale = Locale {
    tag: "es",
    dir: "ltr",
    texts: Texts {
        banner_title: "Sus datos, su decisión",
        banner_body: "Con su consentimiento, nosotros y nuestros socios usamos cookies y técnicas similares para contar visitas y mostrar ofertas relevantes. Nada de eso ocurre antes de que usted elija, y puede cambiar de opinión en cualquier momento.",
        banner_body_opt_out: "Nosotros y nuestros socios usamos cookies y técnicas similares para contar visitas y mostrar ofertas relevantes, lo que puede ser una venta o cesión de información personal. Puede oponerse ahora o en cualquier momento.",
        gpc_line: "Oposición atendida: su navegador envía la señal Global Privacy Control.",
        accept_all: "Aceptar todo",
        reject_all: "Rechazar todo",
        manage_choices: "Gestionar opciones",
        saving: "Guardando su elección…",
        saved: "Su elección está guardada.",
        failed: "Su elección vale en esta página, pero aún no se ha podido guardar.",
        retry: "Reintentar",
        preferences_title: "Opciones de privacidad",
        preferences_body: "Decida para cada finalidad si se pueden usar sus datos. Puede volver y cambiarlo en cualquier momento.",
        preferences_body_opt_out: "Desactive lo que no desee. Así también se opone a la venta y cesión de información personal para esa finalidad.",
        save_choices: "Guardar opciones",
        close: "Cerrar",
        always_on: "Siempre activo",
        details: "Detalles",
        vendors: "Quién participa",
        legal_basis: "Base jurídica",
        legal_basis_consent: "Su consentimiento",
        legal_basis_contract: "Prestar lo que usted ha pedido (contrato)",
        legal_basis_legitimate_interest: "Interés legítimo",
        retention: "Se conserva",
        retention_days: "{days} días",
        stores: "Guarda",
        privacy_policy: "Política de privacidad",
        gpc_honoured: "Oposición atendida: su navegador envía la señal Global Privacy Control; la venta y la cesión están desactivadas mientras usted no las active.",
        load_failed: "No se han podido cargar los detalles. Sus opciones funcionan igualmente.",
        record: "Justificante",
        placeholder_body: "Este contenido procede de un tercero. Solo se carga si usted permite «{purpose}».",
        placeholder_allow: "Permitir {purpose}",
    },
    purposes: StandardPurposes {
        necessary: PurposeText {
            name: "Necesario",
            description: "Imprescindible para que el sitio funcione, por ejemplo para su carrito o esta elección.",
        },
        functional: PurposeText {
            name: "Funcional", description: "Recuerda sus ajustes, como el idioma o la región."
        },
        analytics: PurposeText {
            name: "Analítica",
            description: "Cuenta las visitas y qué páginas se leen, para mejorar el sitio.",
        },
        marketing: PurposeText {
            name: "Marketing",
            description: "Muestra ofertas adecuadas para usted, aquí y en otros sitios, y mide si funcionan.",
        },
    },
};
