/** The build of bottleneck without Redis, which the throttling plugin uses; the package describes the whole alone. */
declare module 'bottleneck/light.js' {
  export { default } from 'bottleneck';
}
