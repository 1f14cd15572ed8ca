/** The product's version, as package.json says (a test holds them together); part of the widget's immutable address. */
export const VERSION = '0.1.0';
