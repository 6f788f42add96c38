/** The build of bottleneck without Redis, which the throttling plugin uses. The package ships types for its full build only. */
declare module 'bottleneck/light.js' {
  export { default } from 'bottleneck';
}
