/** The part of ncc's API that the build uses; the package has no types. https://github.com/vercel/ncc#programmatically-from-nodejs */
declare module '@vercel/ncc' {
  export interface NccOptions {
    readonly cache: boolean;
    readonly license: string;
    readonly mainFields: readonly string[];
    readonly minify: boolean;
    readonly quiet: boolean;
    readonly target: string;
  }

  export interface NccResult {
    readonly code: string;
    readonly assets: Readonly<Record<string, { readonly source: string | Buffer }>>;
  }

  export default function ncc(input: string, options: NccOptions): Promise<NccResult>;
}
