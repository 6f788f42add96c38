import { getEndpointFromInstructions, toEndpointV1 } from '@smithy/core/endpoints';
import type {
  $OperationSchema,
  EndpointBearer,
  EndpointParameterInstructions,
  HandlerExecutionContext,
  SerdeFunctions,
} from '@smithy/types';
import type { CommandSchema, SdkConfig } from './sdk-types.ts';

/** What all calls by one command have in common. */
export interface Kind {
  readonly operation: $OperationSchema;
  /** What the SDK reads when it writes a request and reads a response. */
  readonly context: HandlerExecutionContext & SerdeFunctions & EndpointBearer;
  /** Of IAM, `us-east-1` in partition `aws`, wherever it is called from. */
  readonly signingRegion: string;
}

export type KindOf = (command: CommandSchema) => Promise<Kind>;

/** The SDK works out an endpoint for each call. Here it does so once for each command: no call that is made here has an endpoint that depends on its input. */
export function createKinds(config: SdkConfig): KindOf {
  const kinds = new Map<unknown, Promise<Kind>>();
  return (command) => {
    const known = kinds.get(command.constructor) ?? kindOf(command, config);
    kinds.set(command.constructor, known);
    return known;
  };
}

async function kindOf(command: CommandSchema, config: SdkConfig): Promise<Kind> {
  const { schema } = command;
  if (!Array.isArray(schema)) throw new Error(`the SDK's ${command.constructor.name} has no schema`);
  const [, namespace, name, traits, input, output] = schema;
  const instructions = instructionsOf(command);
  const endpoint = await getEndpointFromInstructions({}, { getEndpointParameterInstructions: () => instructions }, { ...config });
  const { base64Decoder, base64Encoder, utf8Decoder, utf8Encoder, streamCollector } = config;
  const [scheme] = endpoint.properties?.authSchemes ?? [];
  const address = toEndpointV1(endpoint);
  return {
    operation: { namespace, name, traits, input, output },
    context: { base64Decoder, base64Encoder, utf8Decoder, utf8Encoder, streamCollector, endpoint: async () => address },
    signingRegion: scheme?.signingRegion ?? (await config.region()),
  };
}

/** From which settings of the client the endpoint of a command follows. */
function instructionsOf(command: CommandSchema): EndpointParameterInstructions {
  const supply: unknown = Reflect.get(command.constructor, 'getEndpointParameterInstructions');
  if (typeof supply !== 'function') throw new Error(`the SDK's ${command.constructor.name} does not say where it is sent`);
  const instructions: EndpointParameterInstructions = supply.call(command.constructor);
  const bySetting = ['builtInParams', 'clientContextParams', 'staticContextParams'];
  const ofInput = Object.entries(instructions).find(([, { type }]) => !bySetting.includes(type));
  if (ofInput !== undefined) throw new Error(`where the SDK's ${command.constructor.name} is sent depends on its ${ofInput[0]}`);
  return instructions;
}
