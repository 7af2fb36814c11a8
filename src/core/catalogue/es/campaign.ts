import type { campaignEn } from '../en/campaign.js';

/** Spanish sentences: the campaign file, rate cards, and addresses, one for each English one. */
export const campaignEs: Record<keyof typeof campaignEn, string> = {
  'campaign.not-found':
    'No hay ninguna campaña en {path}. Indique una carpeta con un campaign.yaml o un archivo YAML; "plazcast init CARPETA" crea una nueva.',
  'campaign.folder-without-file':
    'La carpeta {folder} no tiene campaign.yaml. "plazcast init {folder}" lo crea.',
  'campaign.unreadable':
    'No se puede leer el archivo de campaña {path} ({detail}). Revise que usted tenga permiso para leerlo.',
  'campaign.too-large':
    'El archivo pesa más de 1 MB: no es un archivo de campaña. Los destinatarios van en un archivo CSV.',
  'campaign.too-much':
    'El archivo tiene más de {most, number} palabras y signos: no es un archivo de campaña. Los destinatarios van en un archivo CSV.',
  'campaign.too-deep':
    'Aquí hay más de {most} secciones una dentro de otra: no es un archivo de campaña. Revise comillas, corchetes y sangrías.',
  'campaign.too-long': '«{key}» tiene {found, number} caracteres; el máximo es {most, number}. Acórtelo.',
  'campaign.not-utf8': 'El archivo de campaña no es texto UTF-8. Guárdelo como UTF-8 en su editor.',
  'campaign.empty': 'El archivo de campaña está vacío. "plazcast init CARPETA" crea uno para empezar.',
  'campaign.not-a-campaign':
    'Esto no es un archivo de campaña: debe tener líneas como "name: spring-sale" y "template: spring_sale_es".',

  'campaign.yaml-duplicate': 'La clave "{key}" aparece aquí por segunda vez. Deje solo una.',
  'campaign.yaml-tab': 'Esta línea empieza con un tabulador. Use espacios: YAML no permite tabuladores ahí.',
  'campaign.yaml-indent':
    'La sangría no coincide. Las líneas que van juntas deben empezar en la misma columna, y todo corchete debe cerrarse.',
  'campaign.yaml-colon':
    'Aquí hay dos puntos (:) por segunda vez. Ponga el valor entre comillas; si se trata de la línea siguiente, empiécela en la misma columna que esta.',
  'campaign.yaml-bracket': 'Un corchete anterior a este lugar no está cerrado.',
  'campaign.yaml-unclosed': 'Hay una comilla o un corchete que se abre y no se cierra.',
  'campaign.yaml-needs-quotes': 'Un valor no puede empezar con este carácter. Ponga el valor entre comillas.',
  'campaign.yaml-backslash':
    'Entre comillas dobles la barra invertida tiene un significado propio. Use comillas simples.',
  'campaign.yaml-several-documents':
    'Un archivo de campaña contiene una sola campaña. Quite la línea "---" y lo que sigue.',
  'campaign.yaml-liquid-quotes':
    'Ponga el valor entre comillas. Sin ellas, YAML toma las dos llaves de Liquid como suyas.',
  'campaign.yaml-alias': 'Un archivo de campaña no admite alias (*nombre). Escriba el valor completo.',
  'campaign.yaml-syntax':
    'No se puede leer el YAML en este lugar. Revise las comillas, los dos puntos y la sangría de esta línea y de la anterior.',

  'campaign.unknown-key': 'No existe la clave "{key}". Aquí se conocen: {keys}.',
  'campaign.unknown-key-meant': 'No existe la clave "{key}". ¿Quiso decir "{meant}"?',
  'campaign.credential':
    'Las credenciales no van en un archivo de campaña. Borre la línea "{key}" y ponga {variable}=… en el entorno o en .env.',
  'campaign.section': '"{key}" necesita líneas debajo. Allí se conocen: {keys}.',
  'campaign.missing': 'Falta "{key}". Agregue una línea como: {line}',
  'campaign.no-value': '"{key}" no tiene valor. Escriba uno, como {example}, o borre la línea.',
  'campaign.one-value': '"{key}" lleva un solo valor, como {example}.',
  'campaign.one-value-or-list': '"{key}" lleva un valor o una lista de valores, como {example}.',

  'campaign.name':
    '"{value}" no puede ser un nombre: es la identidad en el registro y lleva letras minúsculas, cifras y guiones simples. Escriba: {proposal}',
  'campaign.choice': '"{value}" no es posible aquí. Escriba uno de estos: {choices}.',
  'campaign.integer': '"{value}" no es posible aquí. Escriba un número entero de {min} a {max}.',
  'campaign.percentage': '"{value}" no es posible aquí. Escriba un porcentaje de {min}% a {max}%, como 20%.',
  'campaign.rate': '"{value}" no es una velocidad. Escriba {example}, o bien N/min o N/h, con N mayor que 0.',
  'campaign.rate-out-of-range':
    'La velocidad "{value}" no es posible. Escriba una entre 1/h y {fastest}/s, como 20/s.',
  'campaign.duration':
    '"{value}" no es una duración. Escriba un número con s, m, h o d, como 60s, 10m, 2h o 7d.',
  'campaign.duration-out-of-range': '"{value}" no es posible aquí. Escriba una duración de {min} a {max}.',
  'campaign.recipient-limit':
    '"{value}" no es un límite por persona. Escriba un número de 1 a 1000 y un tiempo de hasta 366d, como 1 per 7d.',
  'campaign.window': '"{value}" no es un horario. Escriba dos horas del día, como 09:00-20:00.',
  'campaign.window-never-opens':
    'El horario "{value}" empieza y termina a la misma hora, así que nunca se abre. Escriba 00:00-24:00 para todo el día.',
  'campaign.window-never-opens-in':
    'Este horario nunca se abre: {country} tiene {zones} zonas horarias y debe cumplirse en todas a la vez. Amplíelo o indique una sola zona en "timezone".',
  'campaign.days':
    '"{value}" no indica días. Escriba mon, tue, wed, thu, fri, sat o sun (de lunes a domingo); se admiten rangos como mon-sat y listas.',
  'campaign.moment':
    '"{value}" no es una fecha y hora local. Escríbala como 2026-03-21T09:00, sin zona: "timezone" dice dónde.',
  'campaign.timezone':
    '"{value}" no es una zona horaria. Escriba recipient o un nombre IANA como America/Lima.',
  'campaign.timezone-meant': '"{value}" no es una zona horaria. ¿Quiso decir {meant}?',
  'campaign.country': '"{value}" no es un país. Escriba sus dos letras (ISO 3166-1), como PE, MX o CO.',
  'campaign.country-meant': '"{value}" no es un código de país. ¿Quiso decir {meant}?',
  'campaign.name-not-allowed':
    'Con el tipo individual no se envía nombre de campaña. Borre "campaignName" o use el tipo campaign o api.',
  'campaign.file-needs-current':
    'Un archivo adjunto ("file") solo se puede enviar con la API más nueva. Agregue "api: current" en "provider".',
  'campaign.zone-or-base-url': '"zone" y "baseUrl" dicen lo mismo. Deje solo uno.',

  'campaign.liquid-filter':
    'Liquid no tiene el filtro "{filter}" (en {key}). Vea https://liquidjs.com/filters/overview.html.',
  'campaign.liquid-filter-meant': 'Liquid no tiene el filtro "{filter}" (en {key}). ¿Quiso decir "{meant}"?',
  'campaign.template-slow':
    'La plantilla de {key} tarda demasiado: después de {rows, plural, one {# fila} other {# filas}} había trabajado {seconds} s. Reduzca sus bucles o llene una columna del archivo de destinatarios en su lugar.',
  'campaign.liquid-tag':
    'La etiqueta de Liquid "{tag}" (en {key}) no se conoce o no se permite en un archivo de campaña.',
  'campaign.control':
    'uncertain.control admite su propio número de teléfono con código de país, como "+51987654321", no "{value}".',
  'campaign.liquid-unclosed': 'Una llave o etiqueta de Liquid en {key} se abre y no se cierra.',
  'campaign.liquid-syntax': 'No se puede leer el texto Liquid de {key}: {detail}',
  'campaign.column-missing':
    '{key} pide la columna "{column}", que no está en el archivo de destinatarios. {columns, select, none {{count, plural, one {Este tiene # columna.} other {Este tiene # columnas.}}} other {Este tiene: {columns}.}}',
  'campaign.column-meant':
    '{key} pide la columna "{column}", que no está en el archivo de destinatarios. ¿Quiso decir {meant}?',
  'campaign.column-ambiguous':
    '{key} pide la columna "{column}" y coinciden varias: {columns}. Escriba row["NOMBRE"] con el nombre exacto.',

  'url.invalid': 'Esta no es una dirección web válida. Escriba una que empiece con https://.',
  'url.plain-http':
    'La dirección de {host} no está cifrada. Escriba https:// (http sin cifrar solo es posible en este equipo).',
  'url.private':
    'A {host} solo se llega desde dentro de su propia red. Escriba la dirección de un servidor al que todos lleguen.',
  'url.credentials':
    'Una dirección no debe llevar usuario ni contraseña. Quite lo que está antes de la arroba (@).',
  'url.query': 'La dirección de una API termina con su ruta. Quite el signo de interrogación y lo que sigue.',

  'rates.not-found': 'La tabla de tarifas {path} no existe. Revise "cost" en el archivo de campaña.',
  'rates.unreadable': 'No se puede leer la tabla de tarifas {path} ({detail}).',
  'rates.columns':
    'La tabla de tarifas necesita en su primera línea las columnas country, category, price y currency. Faltan: {missing}.',
  'rates.cells': 'Esta línea tiene {found, plural, one {# celda} other {# celdas}} en lugar de {wanted}.',
  'rates.country': '"{value}" no es un país. Escriba sus dos letras, como PE, o * para todos los demás.',
  'rates.category': 'Falta la categoría. Escriba, por ejemplo, marketing, utility o authentication.',
  'rates.price': '"{value}" no es un precio. Escriba un número como 0.0625.',
  'rates.currency': '"{value}" no es una moneda. Escriba sus tres letras, como USD.',
  'rates.duplicate':
    'El precio de {country} en la categoría {category} ({currency}) ya está en la línea {line}. Deje solo uno.',
  'rates.too-many':
    'La tabla de tarifas tiene {found, number} líneas; se leen como máximo {most, number}. Deje los países, categorías y monedas de esta campaña.',
  'rates.empty': 'La tabla de tarifas no tiene precios.',
  'rates.damaged':
    'La tabla de tarifas no se puede leer como CSV en este lugar. Revise las comillas de esta línea.',

  'init.comment-head': 'Una campaña de plazcast. "plazcast check CARPETA" la lee y no envía nada.',
  'init.comment-name': 'identidad: nadie recibe dos veces una campaña con este nombre',
  'init.comment-template': 'nombre de su plantilla de WhatsApp aprobada',
  'init.comment-type': 'campaign, individual o api',
  'init.comment-campaign-name': 'el nombre que muestra el proveedor',
  'init.comment-file': 'el archivo CSV, relativo a este archivo',
  'init.comment-phone': 'la columna con el número de teléfono',
  'init.comment-country': 'para números sin código de país',
  'init.comment-variables': 'con los nombres de la plantilla; Liquid sobre las columnas de la fila',
  'init.comment-other-columns': 'También en el archivo:',
  'init.comment-columns': 'Las columnas body.NOMBRE y header.NOMBRE del archivo llenan la plantilla.',
  'init.comment-rate': 'N/s, N/min o N/h',
  'init.comment-rejected':
    'skip: las filas que no se pueden enviar se listan y las demás se envían; stop: no se envía nada',
  'init.comment-more': 'Quite el # donde lo necesite:',
  'init.env-head':
    'Copie este archivo como .env a la carpeta donde ejecuta plazcast y complételo. Nunca comparta el .env.',
  'init.env-key': 'Opcional, si la cuenta tiene una:',
  'init.env-lists': 'Solo para listas y respuestas de estas plataformas:',
};
