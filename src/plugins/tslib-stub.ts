/** Stands in for tslib where @docusaurus/utils-common asks for it: the one helper it uses, of eleven kilobytes in every page's script. */
export function __importDefault<T>(module: T & { __esModule?: boolean }): T | { default: T } {
  return module.__esModule ? module : { default: module };
}
