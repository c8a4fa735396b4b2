export * from './names/asset-object-name.ts';
export * from './names/picture-object-name.ts';
export * from './store/object-store.ts';
export * from './store/object-store-unavailable.ts';
export * from './store/object-store-url-error.ts';
export * from './store/open-object-store.ts';
