import type settings from '../en/settings.ts';
import type { Translated } from '../resources.ts';

const texts: Translated<typeof settings> = {
  title: 'Ajustes',
  lead: 'Valen para las lecturas que empiecen desde ahora; una en curso conserva los suyos.',
  name: {
    processingMode: 'Cómo leer',
    maxConcurrentWorkers: 'Hilos',
    maxInFlight: 'Llamadas a la vez',
    timeoutSeconds: 'Tiempo límite, en segundos',
    maxRetries: 'Reintentos',
    batchSize: 'Tamaño del lote',
    isHedging: 'Segunda petición',
    budgetUsd: 'Tope de gasto por lectura, en dólares',
  },
  about: {
    processingMode: 'Muchas imágenes a la vez, o una tras otra. Ambas dan los mismos shows.',
    maxConcurrentWorkers:
      'Hilos de este equipo. Más ayudan cuando se lee aquí; a un servicio de modelos le basta con uno.',
    maxInFlight:
      'Cuántas imágenes pueden estar con el modelo al mismo tiempo. En automático se averigua cuántas aguanta.',
    timeoutSeconds: 'Una imagen que tarda más se abandona, y se reintenta si quedan reintentos.',
    maxRetries: 'Cuántas veces se reintenta una imagen tras un fallo que puede pasar.',
    batchSize: 'Cada cuántas imágenes se informa y se guarda. Ninguna imagen espera a un lote.',
    isHedging:
      'Pregunta otra vez cuando una respuesta tarda más de lo normal y toma la más rápida. Cuesta algunas llamadas más.',
    budgetUsd: 'Una lectura se detiene antes de costar más. Lo leído hasta entonces se conserva.',
  },
  automatic: 'Automático',
  hedgingOn: 'Preguntar de nuevo si tarda',
  capOn: 'Detener al llegar al tope',
  check: {
    whole: 'Un número entero de {{min}} a {{max}}.',
    number: 'Un número de {{min}} a {{max}}.',
    money: 'Una cantidad mayor que 0, por ejemplo 0,50.',
  },
  unsaved: {
    label: 'Cambios sin guardar',
    count_one: '{{count}} cambio sin guardar:',
    count_other: '{{count}} cambios sin guardar:',
    discard: 'Descartar',
  },
  saved: 'Guardado. La próxima lectura empieza con estos ajustes.',
  defaults: 'Poner los valores iniciales',
  model: {
    title: 'Modelo',
    none: 'No hay ningún modelo configurado',
    kind: { gemini: 'Gemini', openai: 'Servicio compatible con OpenAI', local: 'Lector en este equipo' },
    noKey: 'No necesita clave; las imágenes no salen de este equipo.',
    keySet: 'Hay una clave. Nunca se muestra.',
    keyMissing: 'No hay ninguna clave.',
    test: 'Probar la clave',
    testLocal: 'Probar el lector',
    testNote: 'Hace una llamada real con una imagen diminuta; cuesta una fracción de centavo.',
    testLocalNote: 'Carga el lector como lo haría una lectura.',
    ok: 'Responde, en {{time}}',
    okAtOnce: 'Responde al instante',
    failed: 'No responde',
    where:
      'El modelo y la clave se ponen donde se inicia el servidor (MODEL, GEMINI_API_KEY, OPENAI_BASE_URL), no aquí.',
  },
};
export default texts;
