//! French.

pub(super) const WORDS: super::Words = [
    "Nous traitons votre demande {number}. Vous recevrez notre réponse au plus tard le {due}.\n\n{controller}",
    "Pour répondre à votre demande {number}, nous devons savoir plus précisément ce qu’elle concerne : quelles données, quelle période ou quel compte ? Une courte réponse suffit.\n\n{controller}",
    "Avant de répondre à votre demande {number}, nous devons être sûrs qu’elle vient de vous. Indiquez-nous une chose que vous seul pouvez savoir, par exemple le numéro d’une commande récente. N’envoyez pas de copie d’une pièce d’identité.\n\n{controller}",
    "Avec cette réponse à votre demande {number}, vous recevez une copie des données que nous détenons sur vous. Les fichiers peuvent être téléchargés pendant une durée limitée.\n\n{controller}",
    "Nous avons cherché des données vous concernant, comme le demande votre demande {number}. En dehors de la demande elle-même, nous n’en détenons aucune.\n\n{controller}",
    "Comme le demande votre demande {number}, nous avons effacé les données que nous détenions sur vous et prévenu ceux à qui nous les avions transmises. Il reste la preuve que nous l’avons fait.\n\n{controller}",
    "Comme le demande votre demande {number}, nous avons rectifié vos données et prévenu ceux à qui nous les avions transmises.\n\n{controller}",
    "Comme le demande votre demande {number}, nous conservons les données en question et ne les utilisons pour rien que vous n’ayez permis.\n\n{controller}",
    "Comme le demande votre demande {number}, nous n’utilisons plus vos données à cette fin, dès maintenant.\n\n{controller}",
    "Nous avons examiné votre demande {number}. Notre réponse :\n\n\n\n{controller}",
    "Nous n’avons pas pu nous assurer que la demande {number} vient de la personne dont il s’agit. Pour protéger cette personne, nous n’y répondons pas. Vous pouvez refaire une demande à tout moment, avec un élément qui nous permette de vous reconnaître.\n\n{controller}",
    "Nous avons cherché avec tout ce que vous nous avez indiqué dans la demande {number} et n’avons trouvé aucune donnée. Si vous avez eu affaire à nous avec une autre adresse ou un autre numéro, dites-le-nous et nous chercherons de nouveau.\n\n{controller}",
    "Votre demande {number} porte de nouveau sur ce à quoi nous avons répondu il y a peu, et rien n’a changé depuis. Merci de refaire une demande dans quelque temps.\n\n{controller}",
    "Nous ne pouvons pas faire tout ce que demande la demande {number} : la loi nous oblige à conserver une partie de vos données, comme les factures, pendant une durée déterminée. Nous ne les utilisons pour rien d’autre et les effaçons au terme de cette durée.\n\n{controller}",
    "Une partie de ce que demande la demande {number} révélerait des choses sur d’autres personnes. Nous avons laissé cette partie de côté et pouvons vous montrer ce qui vous concerne.\n\n{controller}",
];
