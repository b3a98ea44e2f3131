// What every driver asks for.
export const MODEL = 'model-7';
export const MESSAGES = [{ role: 'user', content: 'Hi' }];
