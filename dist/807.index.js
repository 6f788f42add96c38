export const id = 807;
export const ids = [807];
export const modules = {

/***/ 9807:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createLookup: () => (/* binding */ createLookup)
});

// EXTERNAL MODULE: ./node_modules/@aws-sdk/client-cloudtrail/dist-es/CloudTrailClient.js + 8 modules
var CloudTrailClient = __webpack_require__(2901);
// EXTERNAL MODULE: ./node_modules/@aws-sdk/client-cloudtrail/dist-es/commands/LookupEventsCommand.js + 1 modules
var LookupEventsCommand = __webpack_require__(6656);
// EXTERNAL MODULE: ./node_modules/@smithy/core/dist-cjs/submodules/protocols/index.js
var protocols = __webpack_require__(3422);
;// CONCATENATED MODULE: ./src/aws/sdk-stack/json-target.ts

/**
 * Names the service of a JSON call as AWS's documentation and the other SDKs do, with its namespace. AWS knows the short name of this SDK as well, but what stands
 * in for AWS may not.
 */
function jsonTarget(namespace) {
    const target = (next) => (args) => {
        if (protocols.HttpRequest.isInstance(args.request)) {
            const { headers } = args.request;
            headers['x-amz-target'] = `${namespace}.${headers['x-amz-target']}`;
        }
        return next(args);
    };
    return { applyToStack: (stack) => stack.add(target, { name: 'jsonTargetMiddleware', step: 'build' }) };
}

// EXTERNAL MODULE: ./src/aws/sdk-stack/signing.ts
var sdk_stack_signing = __webpack_require__(8576);
// EXTERNAL MODULE: ./src/aws/sdk-stack/trim-client.ts + 2 modules
var trim_client = __webpack_require__(2098);
;// CONCATENATED MODULE: ./src/aws/trail-client.ts




/**
 * Looks up events in one region. This module is loaded when the first look-up is made: most runs find no drift, and make none.
 */
function createLookup(options) {
    const { region, endpoint, requestHandler, clock, runName } = options;
    const client = new CloudTrailClient/* CloudTrailClient */.V({ region, requestHandler, cacheMiddleware: true, maxAttempts: 1, ...endpoint });
    const signing = (0,sdk_stack_signing/* createSigning */.q)('cloudtrail', region, client.config.sha256, clock);
    (0,trim_client/* trimClient */.c)(client, signing, runName);
    client.middlewareStack.use(jsonTarget('com.amazonaws.cloudtrail.v20131101'));
    return (input, credentials) => {
        const command = new LookupEventsCommand/* LookupEventsCommand */.n(input);
        signing.assign(command.input, credentials);
        return client.send(command);
    };
}


/***/ })

};
