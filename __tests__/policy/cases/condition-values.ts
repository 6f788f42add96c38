// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this.
import { type CaseTable, changed, narrowed, same, widened } from '../case.ts';
import { allow, allowWhen, deny, denyWhen } from '../statements.ts';

export const CONDITION_VALUES: CaseTable = {
  identity: [
    widened('s3:max-keys: NumericLessThan 10 → NumericLessThan 20', 'a higher bound', [
      [allow('s3:*', '*', { NumericLessThan: { 's3:max-keys': 10 } })],
      [allow('s3:*', '*', { NumericLessThan: { 's3:max-keys': 20 } })],
    ]),
    widened('s3:max-keys: NumericLessThan 10 → NumericLessThanEquals 10', '10 too', [
      [allow('s3:*', '*', { NumericLessThan: { 's3:max-keys': 10 } })],
      [allow('s3:*', '*', { NumericLessThanEquals: { 's3:max-keys': 10 } })],
    ]),
    narrowed('s3:max-keys: NumericGreaterThan 10 → NumericGreaterThan 20', 'a higher lower bound', [
      [allow('s3:*', '*', { NumericGreaterThan: { 's3:max-keys': 10 } })],
      [allow('s3:*', '*', { NumericGreaterThan: { 's3:max-keys': 20 } })],
    ]),
    changed('s3:max-keys: NumericLessThan 10 → NumericGreaterThan 10', 'the other side', [
      [allow('s3:*', '*', { NumericLessThan: { 's3:max-keys': 10 } })],
      [allow('s3:*', '*', { NumericGreaterThan: { 's3:max-keys': 10 } })],
    ]),
    widened('s3:max-keys: NumericEquals 10 → NumericLessThanEquals 10', '10 and less', [
      [allow('s3:*', '*', { NumericEquals: { 's3:max-keys': 10 } })],
      [allow('s3:*', '*', { NumericLessThanEquals: { 's3:max-keys': 10 } })],
    ]),
    widened('s3:max-keys: NumericEquals 10 → NumericEquals 10|11', 'one number more', [
      [allow('s3:*', '*', { NumericEquals: { 's3:max-keys': 10 } })],
      [allow('s3:*', '*', { NumericEquals: { 's3:max-keys': [10, 11] } })],
    ]),
    same('s3:max-keys: NumericEquals 10 → NumericEquals 10.0', 'one number', [
      [allow('s3:*', '*', { NumericEquals: { 's3:max-keys': 10 } })],
      [allow('s3:*', '*', { NumericEquals: { 's3:max-keys': '10.0' } })],
    ]),
    narrowed('s3:max-keys: NumericNotEquals 10 → NumericNotEquals 10|11', 'negated: all have to differ', [
      [allow('s3:*', '*', { NumericNotEquals: { 's3:max-keys': 10 } })],
      [allow('s3:*', '*', { NumericNotEquals: { 's3:max-keys': [10, 11] } })],
    ]),
    same('s3:max-keys: NumericLessThan 10|20 → NumericLessThan 20', 'less than one of them', [
      [allow('s3:*', '*', { NumericLessThan: { 's3:max-keys': [10, 20] } })],
      [allow('s3:*', '*', { NumericLessThan: { 's3:max-keys': 20 } })],
    ]),
    narrowed(
      's3:max-keys: NumericLessThan 11 → NumericLessThanEquals 10',
      '10.5 is between: that the key holds whole numbers is not followed',
      [
        [allow('s3:*', '*', { NumericLessThan: { 's3:max-keys': 11 } })],
        [allow('s3:*', '*', { NumericLessThanEquals: { 's3:max-keys': 10 } })],
      ],
    ),
    narrowed('aws:x: NumericLessThan 11 → NumericLessThanEquals 10', '10.5 is between: numbers are whole or decimal', [
      [allow('s3:*', '*', { NumericLessThan: { 'aws:x': 11 } })],
      [allow('s3:*', '*', { NumericLessThanEquals: { 'aws:x': 10 } })],
    ]),
    widened('s3:max-keys: NumericLessThan 10 → NumericLessThanIfExists 10', 'or absent', [
      [allow('s3:*', '*', { NumericLessThan: { 's3:max-keys': 10 } })],
      [allow('s3:*', '*', { NumericLessThanIfExists: { 's3:max-keys': 10 } })],
    ]),
    same('s3:max-keys: NumericNotEquals 10 → NumericNotEqualsIfExists 10', 'negated is true of an absent key', [
      [allow('s3:*', '*', { NumericNotEquals: { 's3:max-keys': 10 } })],
      [allow('s3:*', '*', { NumericNotEqualsIfExists: { 's3:max-keys': 10 } })],
    ]),
    changed(
      's3:max-keys: NumericEquals 9007199254740993 → NumericEquals 9007199254740992',
      'too long for a double: told apart by their text',
      [
        [allow('s3:*', '*', { NumericEquals: { 's3:max-keys': '9007199254740993' } })],
        [allow('s3:*', '*', { NumericEquals: { 's3:max-keys': '9007199254740992' } })],
      ],
    ),
    same('s3:max-keys: NumericEquals 9007199254740993 → NumericEquals 9007199254740993', 'the same text', [
      [allow('s3:*', '*', { NumericEquals: { 's3:max-keys': '9007199254740993' } })],
      [allow('s3:*', '*', { NumericEquals: { 's3:max-keys': ['9007199254740993'] } })],
    ]),
    changed('s3:max-keys: NumericEquals ten → NumericEquals 10', 'nobody knows what matches "ten"', [
      [allow('s3:*', '*', { NumericEquals: { 's3:max-keys': 'ten' } })],
      [allow('s3:*', '*', { NumericEquals: { 's3:max-keys': '10' } })],
    ]),
    widened('aws:CurrentTime: DateLessThan 2026-01-01 → DateLessThan 2027-01-01', 'a later end', [
      [allow('s3:*', '*', { DateLessThan: { 'aws:CurrentTime': '2026-01-01' } })],
      [allow('s3:*', '*', { DateLessThan: { 'aws:CurrentTime': '2027-01-01' } })],
    ]),
    same('aws:CurrentTime: DateLessThan 2026-01-01 → DateLessThan 2026-01-01T00:00:00Z', 'one moment', [
      [allow('s3:*', '*', { DateLessThan: { 'aws:CurrentTime': '2026-01-01' } })],
      [allow('s3:*', '*', { DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } })],
    ]),
    same('aws:CurrentTime: DateLessThan 2026-01-01T00:00:00Z → DateLessThan 2026-01-01T02:00:00+02:00', 'one moment in two zones', [
      [allow('s3:*', '*', { DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } })],
      [allow('s3:*', '*', { DateLessThan: { 'aws:CurrentTime': '2026-01-01T02:00:00+02:00' } })],
    ]),
    same('aws:CurrentTime: DateLessThan 2026-01-01 → DateLessThan 1767225600', 'epoch seconds', [
      [allow('s3:*', '*', { DateLessThan: { 'aws:CurrentTime': '2026-01-01' } })],
      [allow('s3:*', '*', { DateLessThan: { 'aws:CurrentTime': '1767225600' } })],
    ]),
    widened('aws:CurrentTime: DateLessThan 2026-01-01 → DateLessThanEquals 2026-01-01', 'that moment too', [
      [allow('s3:*', '*', { DateLessThan: { 'aws:CurrentTime': '2026-01-01' } })],
      [allow('s3:*', '*', { DateLessThanEquals: { 'aws:CurrentTime': '2026-01-01' } })],
    ]),
    widened('aws:CurrentTime: DateGreaterThan 2026-01-01 → DateGreaterThanEquals 2026-01-01', 'that moment too', [
      [allow('s3:*', '*', { DateGreaterThan: { 'aws:CurrentTime': '2026-01-01' } })],
      [allow('s3:*', '*', { DateGreaterThanEquals: { 'aws:CurrentTime': '2026-01-01' } })],
    ]),
    changed('aws:CurrentTime: DateGreaterThan 2026-01-01 → DateLessThan 2026-01-01', 'before instead of after', [
      [allow('s3:*', '*', { DateGreaterThan: { 'aws:CurrentTime': '2026-01-01' } })],
      [allow('s3:*', '*', { DateLessThan: { 'aws:CurrentTime': '2026-01-01' } })],
    ]),
    changed('aws:CurrentTime: DateEquals 2026-01-01 → DateNotEquals 2026-01-01', 'the opposite', [
      [allow('s3:*', '*', { DateEquals: { 'aws:CurrentTime': '2026-01-01' } })],
      [allow('s3:*', '*', { DateNotEquals: { 'aws:CurrentTime': '2026-01-01' } })],
    ]),
    changed('aws:CurrentTime: DateLessThan 2026-02-30 → DateLessThan 2026-03-02', 'no such day: nobody knows', [
      [allow('s3:*', '*', { DateLessThan: { 'aws:CurrentTime': '2026-02-30' } })],
      [allow('s3:*', '*', { DateLessThan: { 'aws:CurrentTime': '2026-03-02' } })],
    ]),
    changed('aws:CurrentTime: DateLessThan 2026-01-01T00:00:00 → DateLessThan 2026-01-01T00:00:00Z', "a time without a zone is nobody's", [
      [allow('s3:*', '*', { DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00' } })],
      [allow('s3:*', '*', { DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } })],
    ]),
    changed('aws:SecureTransport: Bool true → Bool false', 'the opposite', [
      [allow('s3:*', '*', { Bool: { 'aws:SecureTransport': 'true' } })],
      [allow('s3:*', '*', { Bool: { 'aws:SecureTransport': 'false' } })],
    ]),
    widened('aws:SecureTransport: Bool true → Bool true|false', 'either', [
      [allow('s3:*', '*', { Bool: { 'aws:SecureTransport': 'true' } })],
      [allow('s3:*', '*', { Bool: { 'aws:SecureTransport': ['true', 'false'] } })],
    ]),
    same('aws:SecureTransport: Bool true → Bool true', 'true is "true"', [
      [allow('s3:*', '*', { Bool: { 'aws:SecureTransport': 'true' } })],
      [allow('s3:*', '*', { Bool: { 'aws:SecureTransport': true } })],
    ]),
    same('aws:SecureTransport: Bool true → Bool True', 'case is ignored', [
      [allow('s3:*', '*', { Bool: { 'aws:SecureTransport': 'true' } })],
      [allow('s3:*', '*', { Bool: { 'aws:SecureTransport': 'True' } })],
    ]),
    widened('aws:SecureTransport: Bool true → BoolIfExists true', 'or absent', [
      [allow('s3:*', '*', { Bool: { 'aws:SecureTransport': 'true' } })],
      [allow('s3:*', '*', { BoolIfExists: { 'aws:SecureTransport': 'true' } })],
    ]),
    same('aws:SecureTransport: Bool true → StringEquals true', 'this key holds true or false', [
      [allow('s3:*', '*', { Bool: { 'aws:SecureTransport': 'true' } })],
      [allow('s3:*', '*', { StringEquals: { 'aws:SecureTransport': 'true' } })],
    ]),
    changed('aws:ResourceTag/x: Bool true → StringEquals true', 'a tag may hold TRUE', [
      [allow('s3:*', '*', { Bool: { 'aws:ResourceTag/x': 'true' } })],
      [allow('s3:*', '*', { StringEquals: { 'aws:ResourceTag/x': 'true' } })],
    ]),
    same('aws:SecureTransport: Bool true|false → Null false', 'present is true or false', [
      [allow('s3:*', '*', { Bool: { 'aws:SecureTransport': ['true', 'false'] } })],
      [allow('s3:*', '*', { Null: { 'aws:SecureTransport': 'false' } })],
    ]),
    changed('aws:ResourceTag/x: Bool true|false → Null false', 'a tag may hold another word', [
      [allow('s3:*', '*', { Bool: { 'aws:ResourceTag/x': ['true', 'false'] } })],
      [allow('s3:*', '*', { Null: { 'aws:ResourceTag/x': 'false' } })],
    ]),
    narrowed('aws:SourceIp: IpAddress 10.0.0.0/8 → IpAddress 10.0.0.0/16', 'a part of the range', [
      [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })],
      [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': '10.0.0.0/16' } })],
    ]),
    same('aws:SourceIp: IpAddress 10.1.2.3/8 → IpAddress 10.0.0.0/8', 'host bits do not count', [
      [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': '10.1.2.3/8' } })],
      [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })],
    ]),
    same('aws:SourceIp: IpAddress 10.0.0.0/8 → IpAddress 10.0.0.0/9|10.128.0.0/9', 'the two halves', [
      [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })],
      [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': ['10.0.0.0/9', '10.128.0.0/9'] } })],
    ]),
    narrowed('aws:SourceIp: IpAddress 10.0.0.0/8 → IpAddress 10.0.0.0/9|10.128.0.0/10', 'a quarter is gone', [
      [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })],
      [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': ['10.0.0.0/9', '10.128.0.0/10'] } })],
    ]),
    same('aws:SourceIp: IpAddress 10.0.0.1 → IpAddress 10.0.0.1/32', 'an address is a range of one', [
      [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': '10.0.0.1' } })],
      [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': '10.0.0.1/32' } })],
    ]),
    changed('aws:SourceIp: IpAddress 10.0.0.1 → IpAddress 10.0.0.2', 'another address', [
      [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': '10.0.0.1' } })],
      [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': '10.0.0.2' } })],
    ]),
    widened('aws:SourceIp: IpAddress 0.0.0.0/0 → IpAddress 0.0.0.0/0|::/0', 'IPv6 too', [
      [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } })],
      [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': ['0.0.0.0/0', '::/0'] } })],
    ]),
    same('aws:SourceIp: IpAddress 0.0.0.0/0|::/0 → Null false', 'any address', [
      [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': ['0.0.0.0/0', '::/0'] } })],
      [allow('s3:*', '*', { Null: { 'aws:SourceIp': 'false' } })],
    ]),
    widened('aws:SourceIp: NotIpAddress 10.0.0.0/8 → NotIpAddress 10.0.0.0/16', 'less is excluded', [
      [allow('s3:*', '*', { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })],
      [allow('s3:*', '*', { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/16' } })],
    ]),
    changed('aws:SourceIp: NotIpAddress 10.0.0.0/8 → IpAddress 10.0.0.0/8', 'the opposite', [
      [allow('s3:*', '*', { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })],
      [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })],
    ]),
    narrowed('aws:SourceIp: NotIpAddress 10.0.0.0/8 → NotIpAddress 10.0.0.0/8|192.168.0.0/16', 'negated: outside of both', [
      [allow('s3:*', '*', { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })],
      [allow('s3:*', '*', { NotIpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '192.168.0.0/16'] } })],
    ]),
    same('aws:SourceIp: IpAddress 2001:db8::/32 → IpAddress 2001:0DB8:0:0::/32', 'one range in two spellings', [
      [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': '2001:db8::/32' } })],
      [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': '2001:0DB8:0:0::/32' } })],
    ]),
    narrowed('aws:SourceIp: IpAddress 2001:db8::/32 → IpAddress 2001:db8::/33', 'the lower half', [
      [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': '2001:db8::/32' } })],
      [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': '2001:db8::/33' } })],
    ]),
    changed('aws:SourceIp: IpAddress 10.0.0.0/33 → IpAddress 10.0.0.0/32', 'no such range: nobody knows', [
      [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': '10.0.0.0/33' } })],
      [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': '10.0.0.0/32' } })],
    ]),
    same('aws:SourceIp: IpAddress 10.0.0.256 → IpAddress 10.0.0.256', 'the same text', [
      [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': '10.0.0.256' } })],
      [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': ['10.0.0.256'] } })],
    ]),
    narrowed('aws:SourceIp: IpAddressIfExists 10.0.0.0/8 → IpAddress 10.0.0.0/8', 'absent no longer passes', [
      [allow('s3:*', '*', { IpAddressIfExists: { 'aws:SourceIp': '10.0.0.0/8' } })],
      [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })],
    ]),
    same('a range by two operators, cut in two statements', 'the two halves', [
      [allow('s3:*', '*', { NumericGreaterThanEquals: { 's3:max-keys': 10 }, NumericLessThan: { 's3:max-keys': 30 } })],
      [
        allow('s3:*', '*', { NumericGreaterThanEquals: { 's3:max-keys': 10 }, NumericLessThan: { 's3:max-keys': 20 } }),
        allow('s3:*', '*', { NumericGreaterThanEquals: { 's3:max-keys': 20 }, NumericLessThan: { 's3:max-keys': 30 } }),
      ],
    ]),
    narrowed('a range with a hole', '20 is gone', [
      [allow('s3:*', '*', { NumericLessThan: { 's3:max-keys': 30 } })],
      [
        allow('s3:*', '*', { NumericLessThan: { 's3:max-keys': 20 } }),
        allow('s3:*', '*', { NumericGreaterThan: { 's3:max-keys': 20 }, NumericLessThan: { 's3:max-keys': 30 } }),
      ],
    ]),
    changed('a range by Deny', 'denied where nothing was said, allowed without the key', [
      [allow('s3:*', '*', { NumericLessThan: { 's3:max-keys': 30 } })],
      [allow('s3:*'), deny('s3:*', '*', { NumericGreaterThanEquals: { 's3:max-keys': 30 } })],
    ]),
    same('an excluded part of an address range', 'a half by exclusion', [
      [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' }, NotIpAddress: { 'aws:SourceIp': '10.128.0.0/9' } })],
      [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': '10.0.0.0/9' } })],
    ]),
    same('address ranges that cover all of IPv4', 'the two halves', [
      [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1'] } })],
      [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } })],
    ]),
    changed('a number and a text for one key', 'operators of two types on one key', [
      [allow('s3:*', '*', { NumericEquals: { 'aws:ResourceTag/size': 10 } })],
      [allow('s3:*', '*', { StringEquals: { 'aws:ResourceTag/size': '10' } })],
    ]),
    changed('numbers beyond what a double holds', 'the last digit differs', [
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Condition":{"NumericEquals":{"s3:max-keys":9007199254740993}}}]}',
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Condition":{"NumericEquals":{"s3:max-keys":9007199254740992}}}]}',
    ]),
    same('a long number, bare and quoted', 'a number is its text', [
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Condition":{"StringEquals":{"s3:max-keys":12345678901234567890}}}]}',
      [allowWhen({ StringEquals: { 's3:max-keys': '12345678901234567890' } })],
    ]),
    changed('a bare 1.0 under a string operator', 'other text', [
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Condition":{"StringEquals":{"s3:max-keys":1.0}}}]}',
      [allowWhen({ StringEquals: { 's3:max-keys': '1' } })],
    ]),
    same('a bare 1.0 under a numeric operator', 'one number', [
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Condition":{"NumericEquals":{"s3:max-keys":1.0}}}]}',
      [allowWhen({ NumericEquals: { 's3:max-keys': 1 } })],
    ]),
    changed('a bare 1e3', 'whether IAM reads exponents is not said', [
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Condition":{"NumericEquals":{"s3:max-keys":1e3}}}]}',
      [allowWhen({ NumericEquals: { 's3:max-keys': 1000 } })],
    ]),
    changed('no values and one value', 'nobody says what no values match', [
      [allowWhen({ StringEquals: { 'aws:x': [] } })],
      [allowWhen({ StringEquals: { 'aws:x': 'x' } })],
    ]),
    changed('no values and no condition', 'nobody says what no values match', [
      [allowWhen({ StringNotEquals: { 'aws:x': [] } })],
      [allow('s3:GetObject')],
    ]),
    same('no values on both sides', 'whatever they match, it is the same', [
      [allowWhen({ StringEquals: { 'aws:x': [] } })],
      [allowWhen({ StringEquals: { 'aws:x': [] } })],
    ]),
    widened('a binary value more', 'values are ORed', [
      [allowWhen({ BinaryEquals: { 'aws:x': 'QUJD' } })],
      [allowWhen({ BinaryEquals: { 'aws:x': ['QUJD', 'QUJE'] } })],
    ]),
    widened('binary values in two cases', 'Base64 keeps case', [
      [allowWhen({ BinaryEquals: { 'aws:x': 'QUJD' } })],
      [allowWhen({ BinaryEquals: { 'aws:x': ['QUJD', 'qujd'] } })],
    ]),
    changed('a binary value takes no wildcard', 'no base 64, so nobody says what it takes', [
      [allowWhen({ BinaryEquals: { 'aws:x': 'QUJ*' } })],
      [allowWhen({ BinaryEquals: { 'aws:x': ['QUJ*', 'QUJD'] } })],
    ]),
    changed('a binary value that looks like a variable, two versions', 'no base 64, so nobody says what it takes', [
      [allowWhen({ BinaryEquals: { 'aws:x': '${aws:y}' } })],
      { Version: '2008-10-17', Statement: [allowWhen({ BinaryEquals: { 'aws:x': '${aws:y}' } })] },
    ]),
    same('a number that is none, two versions', 'whatever it matches, the version has no part in it', [
      [allowWhen({ NumericEquals: { 'aws:x': 'ten' } })],
      { Version: '2008-10-17', Statement: [allowWhen({ NumericEquals: { 'aws:x': 'ten' } })] },
    ]),
    changed('a number, and one more value that is none', 'nobody says what the other matches', [
      [allowWhen({ NumericEquals: { 'aws:x': 5 } })],
      [allowWhen({ NumericEquals: { 'aws:x': [5, 'x'] } })],
    ]),
    changed('a key that is there, and a number that is none', 'nobody says whether it matches', [
      [allowWhen({ Null: { 'aws:x': 'false' } })],
      [allowWhen({ NumericEquals: { 'aws:x': 'x' } })],
    ]),
    narrowed('numbers in no order, and the same above the least', 'what is below the least bound is left out', [
      [allowWhen({ NumericNotEquals: { 'aws:x': [20, 10] } })],
      [allowWhen({ NumericNotEquals: { 'aws:x': [20, 10] }, NumericGreaterThan: { 'aws:x': 10 } })],
    ]),
    narrowed('numbers, and the same below the greatest', 'what is above the greatest bound is left out', [
      [allowWhen({ NumericNotEquals: { 'aws:x': [10, 20] } })],
      [allowWhen({ NumericNotEquals: { 'aws:x': [10, 20] }, NumericLessThan: { 'aws:x': 20 } })],
    ]),
    narrowed('a negative number, and the same above it', 'what is below it is left out', [
      [allowWhen({ NumericNotEquals: { 'aws:x': -5 } })],
      [allowWhen({ NumericNotEquals: { 'aws:x': -5 }, NumericGreaterThan: { 'aws:x': -5 } })],
    ]),
    changed('equal to a number, and less than it', 'no number is both', [
      [allowWhen({ NumericEquals: { 'aws:x': 5 } })],
      [allowWhen({ NumericLessThan: { 'aws:x': 5 } })],
    ]),
    changed('equal to a date, and before it', 'no date is both', [
      [allowWhen({ DateEquals: { 'aws:CurrentTime': '2027-01-01' } })],
      [allowWhen({ DateLessThan: { 'aws:CurrentTime': '2027-01-01' } })],
    ]),
    narrowed('any number, and those from 5 on', '4 is left out', [
      [allowWhen({ Null: { 'aws:x': 'false' } })],
      [allowWhen({ NumericGreaterThanEquals: { 'aws:x': 5 } })],
    ]),
    narrowed('any number, and those from 5 down', '6 is left out', [
      [allowWhen({ Null: { 'aws:x': 'false' } })],
      [allowWhen({ NumericLessThanEquals: { 'aws:x': 5 } })],
    ]),
    narrowed('all addresses but a block, and those below it', 'what comes after the block is left out', [
      [allowWhen({ IpAddress: { 'aws:SourceIp': '0.0.0.0/0' }, NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })],
      [allowWhen({ IpAddress: { 'aws:SourceIp': ['0.0.0.0/5', '8.0.0.0/7'] } })],
    ]),
    narrowed('any address, and those of the upper half', 'the lower half is left out', [
      [allowWhen({ Null: { 'aws:SourceIp': 'false' } })],
      [allowWhen({ IpAddress: { 'aws:SourceIp': ['128.0.0.0/1', '::/0'] } })],
    ]),
    narrowed('any address, and those of the upper half of IPv6', 'the lower half of IPv6 is left out', [
      [allowWhen({ Null: { 'aws:SourceIp': 'false' } })],
      [allowWhen({ IpAddress: { 'aws:SourceIp': ['0.0.0.0/0', '8000::/1'] } })],
    ]),
    changed('the last address, and the one before', 'one each', [
      [allowWhen({ IpAddress: { 'aws:SourceIp': '255.255.255.255' } })],
      [allowWhen({ IpAddress: { 'aws:SourceIp': '255.255.255.254' } })],
    ]),
    changed('the last address of IPv6, and the one before', 'one each', [
      [allowWhen({ IpAddress: { 'aws:SourceIp': 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' } })],
      [allowWhen({ IpAddress: { 'aws:SourceIp': 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe' } })],
    ]),
    changed('a text, and the same as text and as a number', 'the same in truth; operators of two types are not held against one another', [
      [allowWhen({ StringEquals: { 'aws:x': '5' } })],
      [allowWhen({ StringEquals: { 'aws:x': '5' }, NumericEquals: { 'aws:x': 5 } })],
    ]),
    same('both words of a key of no known type', 'With Bool alone put to it, it holds one of the two words.', [
      [allowWhen({ Bool: { 'aws:x': ['true', 'false'] } })],
      [allowWhen({ Null: { 'aws:x': 'false' } })],
    ]),
    changed('a word and a text of a key of no known type', 'whether True is true as a text nobody says', [
      [allowWhen({ Bool: { 'aws:x': 'true' } })],
      [allowWhen({ StringEquals: { 'aws:x': 'true' } })],
    ]),
    changed('numbers of a tag on either side of a bound', 'a tag may hold text that is no number', [
      [allowWhen({ NumericLessThan: { 'aws:ResourceTag/n': 5 } }), allowWhen({ NumericGreaterThanEquals: { 'aws:ResourceTag/n': 5 } })],
      [allowWhen({ Null: { 'aws:ResourceTag/n': 'false' } })],
    ]),
    same('numbers on either side of a bound', 'With operators for numbers alone put to it, it holds a number, on one side or the other.', [
      [allowWhen({ NumericLessThan: { 'aws:x': 5 } }), allowWhen({ NumericGreaterThanEquals: { 'aws:x': 5 } })],
      [allowWhen({ Null: { 'aws:x': 'false' } })],
    ]),
    changed(
      'two conditions that nobody can tell, one in a Deny of each, beside what is sure',
      'what is sure is gained, but either condition may hold without the other',
      [
        [allow('s3:GetObject'), denyWhen({ NumericEquals: { 'aws:x': 'few' } })],
        [allow(['s3:GetObject', 's3:PutObject']), denyWhen({ NumericEquals: { 'aws:x': 'many' } })],
      ],
    ),
    changed('a date with a small z', 'IAM takes it; whether it means the same is not said', [
      [allow('s3:*', '*', { DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } })],
      [allow('s3:*', '*', { DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00z' } })],
    ]),
    changed('a year alone', 'IAM takes it; a year or seconds, nobody says', [
      [allow('s3:*', '*', { DateLessThan: { 'aws:CurrentTime': '2026-01-01' } })],
      [allow('s3:*', '*', { DateLessThan: { 'aws:CurrentTime': '2026' } })],
    ]),
    same('seconds as a number and as a date', 'the key holds seconds, and the date is the same', [
      [allowWhen({ NumericLessThan: { 'aws:EpochTime': '1767225600' } })],
      [allowWhen({ DateLessThan: { 'aws:EpochTime': '2026-01-01T00:00:00Z' } })],
    ]),
    widened('seconds as a number, and a later date', 'a day more', [
      [allowWhen({ NumericLessThan: { 'aws:EpochTime': 1767225600 } })],
      [allowWhen({ DateLessThanEquals: { 'aws:EpochTime': '2026-01-02' } })],
    ]),
    changed('seconds of another key as a number and as a date', 'what the key holds is not known', [
      [allowWhen({ NumericLessThan: { 'aws:x': '1767225600' } })],
      [allowWhen({ DateLessThan: { 'aws:x': '2026-01-01T00:00:00Z' } })],
    ]),
    changed("both words of a user's name", 'no user need be called true or false', [
      [allowWhen({ Null: { 'aws:username': 'false' } })],
      [allowWhen({ Bool: { 'aws:username': ['true', 'false'] } })],
    ]),
    changed("all addresses of a user's name", "a user's name is no address", [
      [allowWhen({ Null: { 'aws:username': 'false' } })],
      [allowWhen({ IpAddress: { 'aws:username': ['0.0.0.0/0', '::/0'] } })],
    ]),
    changed("all numbers of a user's name", "a user's name is no number", [
      [allowWhen({ Null: { 'aws:username': 'false' } })],
      [allowWhen({ NumericLessThan: { 'aws:username': '5' } }), allowWhen({ NumericGreaterThanEquals: { 'aws:username': '5' } })],
    ]),
    changed("all dates of a user's name", "a user's name is no date", [
      [allowWhen({ Null: { 'aws:username': 'false' } })],
      [
        allowWhen({ DateLessThan: { 'aws:username': '2026-01-01' } }),
        allowWhen({ DateGreaterThanEquals: { 'aws:username': '2026-01-01' } }),
      ],
    ]),
    changed("all addresses of a user's name, and one more resource", "a user's name is no address", [
      [allowWhen({ Null: { 'aws:username': 'false' } })],
      [allowWhen({ IpAddress: { 'aws:username': ['0.0.0.0/0', '::/0'] } }), allow('s3:GetObject', 'arn:aws:s3:::b/')],
    ]),
    same('all addresses of an address', 'it is an address of one of the two kinds', [
      [allowWhen({ Null: { 'aws:SourceIp': 'false' } })],
      [allowWhen({ IpAddress: { 'aws:SourceIp': ['0.0.0.0/0', '::/0'] } })],
    ]),
    same('all addresses of an address of a VPC', 'it is an address of one of the two kinds', [
      [allowWhen({ Null: { 'aws:VpcSourceIp': 'false' } })],
      [allowWhen({ IpAddress: { 'aws:VpcSourceIp': ['0.0.0.0/0', '::/0'] } })],
    ]),
    same('all numbers of a number', 'it is a number', [
      [allowWhen({ Null: { 's3:max-keys': 'false' } })],
      [allowWhen({ NumericLessThan: { 's3:max-keys': '5' } }), allowWhen({ NumericGreaterThanEquals: { 's3:max-keys': '5' } })],
    ]),
    same('all dates of aws:CurrentTime', 'it is a date', [
      [allowWhen({ Null: { 'aws:CurrentTime': 'false' } })],
      [
        allowWhen({ DateLessThan: { 'aws:CurrentTime': '2026-01-01' } }),
        allowWhen({ DateGreaterThanEquals: { 'aws:CurrentTime': '2026-01-01' } }),
      ],
    ]),
    same('all dates of aws:TokenIssueTime', 'it is a date', [
      [allowWhen({ Null: { 'aws:TokenIssueTime': 'false' } })],
      [
        allowWhen({ DateLessThan: { 'aws:TokenIssueTime': '2026-01-01' } }),
        allowWhen({ DateGreaterThanEquals: { 'aws:TokenIssueTime': '2026-01-01' } }),
      ],
    ]),
    same('all dates of aws:EpochTime', 'it is a date', [
      [allowWhen({ Null: { 'aws:EpochTime': 'false' } })],
      [
        allowWhen({ DateLessThan: { 'aws:EpochTime': '2026-01-01' } }),
        allowWhen({ DateGreaterThanEquals: { 'aws:EpochTime': '2026-01-01' } }),
      ],
    ]),
    same('not a number of a key of no known type', 'With operators for numbers alone put to it, it holds a number: 5, or another.', [
      [allowWhen({ Null: { 'aws:x': 'false' } })],
      [allowWhen({ NumericEquals: { 'aws:x': '5' } }), allowWhen({ NumericNotEquals: { 'aws:x': '5' }, Null: { 'aws:x': 'false' } })],
    ]),
    same('not an ARN of a key of no known type', 'With operators for ARNs alone put to it, it holds that one, or another.', [
      [allowWhen({ Null: { 'aws:x': 'false' } })],
      [
        allowWhen({ ArnLike: { 'aws:x': 'arn:aws:s3:::a' } }),
        allowWhen({ ArnNotLike: { 'aws:x': 'arn:aws:s3:::a' }, Null: { 'aws:x': 'false' } }),
      ],
    ]),
    same('not an ARN of a key that holds one', 'it is an ARN', [
      [allowWhen({ Null: { 'aws:SourceArn': 'false' } })],
      [
        allowWhen({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::a' } }),
        allowWhen({ ArnNotLike: { 'aws:SourceArn': 'arn:aws:s3:::a' }, Null: { 'aws:SourceArn': 'false' } }),
      ],
    ]),
    changed('a text and an ARN on a key of no known type', 'what an operator for ARNs makes of another text is not documented', [
      [allowWhen({ StringNotEquals: { 'aws:x': 'arn:aws:s3:::a' } })],
      [allowWhen({ ArnNotEquals: { 'aws:x': 'arn:aws:s3:::a' } })],
    ]),
    changed('a text and base 64', 'the one is text, the other is bytes', [
      [allowWhen({ StringEquals: { 'aws:x': 'QQ==' } })],
      [allowWhen({ BinaryEquals: { 'aws:x': 'QQ==' } })],
    ]),
    changed('words of both kinds of operators, after two Denies', 'another text may be there', [
      [
        denyWhen({ Bool: { 'foo:bar': 'true' } }),
        denyWhen({ Bool: { 'foo:bar': 'false' }, StringEquals: { 'foo:z': '1' } }),
        allowWhen({ StringNotEqualsIgnoreCase: { 'foo:bar': 'true' }, Null: { 'foo:bar': 'false' } }),
      ],
      [
        denyWhen({ Bool: { 'foo:bar': 'true' } }),
        denyWhen({ Bool: { 'foo:bar': 'false' }, StringEquals: { 'foo:z': '1' } }),
        allowWhen({ StringEqualsIgnoreCase: { 'foo:bar': 'false' } }),
      ],
    ]),
    changed('words of both kinds of operators, before two Denies', 'another text may be there', [
      [
        allowWhen({ StringNotEqualsIgnoreCase: { 'foo:bar': 'true' }, Null: { 'foo:bar': 'false' } }),
        denyWhen({ Bool: { 'foo:bar': 'true' } }),
        denyWhen({ Bool: { 'foo:bar': 'false' }, StringEquals: { 'foo:z': '1' } }),
      ],
      [
        allowWhen({ StringEqualsIgnoreCase: { 'foo:bar': 'false' } }),
        denyWhen({ Bool: { 'foo:bar': 'true' } }),
        denyWhen({ Bool: { 'foo:bar': 'false' }, StringEquals: { 'foo:z': '1' } }),
      ],
    ]),
    changed('a year and the seconds of the same writing', 'the first may be a year', [
      [allowWhen({ DateLessThan: { 'aws:CurrentTime': '2020' } })],
      [allowWhen({ DateLessThan: { 'aws:CurrentTime': '1970-01-01T00:33:40Z' } })],
    ]),
    changed('a number that is read and one that is not', 'how the second is read is not known', [
      [allowWhen({ NumericEquals: { 'aws:x': '0.0000001' } })],
      [allowWhen({ NumericEquals: { 'aws:x': '1e-7' } })],
    ]),
    changed('a block of addresses and the writing of its bounds', 'how the second is read is not known', [
      [allowWhen({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })],
      [allowWhen({ IpAddress: { 'aws:SourceIp': '4 167772160-184549375' } })],
    ]),
    changed('no values and a value that says so', 'how the second is read is not known', [
      [allowWhen({ NumericEquals: { 'aws:x': [] } })],
      [allowWhen({ NumericEquals: { 'aws:x': 'no values' } })],
    ]),
    changed('a length of a block with a zero in front', 'how the first is read is not known', [
      [allowWhen({ IpAddress: { 'aws:SourceIp': '10.0.0.0/08' } })],
      [allowWhen({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })],
    ]),
    widened('seconds beyond the last date', 'one condition less', [
      [allowWhen({ NumericLessThan: { 'aws:EpochTime': '9999999999999' } })],
      [allow('s3:GetObject')],
    ]),
    changed('not one of two numbers, and not a date', 'a date is no number, and whether it is not 5 is not documented', [
      [allowWhen({ NumericNotEquals: { 'x:k': '5' } }), allowWhen({ NumericNotEquals: { 'x:k': '6' } })],
      [
        allowWhen({ NumericNotEquals: { 'x:k': '5' } }),
        allowWhen({ NumericNotEquals: { 'x:k': '6' } }),
        allowWhen({ DateNotEquals: { 'x:k': '2020-01-01' } }),
      ],
    ]),
    changed('not one of two addresses, and not an ARN', 'an ARN is no address, and whether it is not in a block is not documented', [
      [allowWhen({ NotIpAddress: { 'x:k': '10.0.0.0/8' } }), allowWhen({ NotIpAddress: { 'x:k': '11.0.0.0/8' } })],
      [
        allowWhen({ NotIpAddress: { 'x:k': '10.0.0.0/8' } }),
        allowWhen({ NotIpAddress: { 'x:k': '11.0.0.0/8' } }),
        allowWhen({ ArnNotLike: { 'x:k': 'arn:aws:iam::111111111111:*' } }),
      ],
    ]),
    changed('a number that is not one of two dates', '5 may be no date, and whether it is not one of them is not documented', [
      [allowWhen({ NumericEquals: { 'x:k': '5' } })],
      [
        allowWhen({ NumericEquals: { 'x:k': '5' }, DateNotEquals: { 'x:k': '2020-01-01' } }),
        allowWhen({ NumericEquals: { 'x:k': '5' }, DateNotEquals: { 'x:k': '2021-01-01' } }),
      ],
    ]),
    narrowed('a variable among words', 'the tag need not say true', [
      [allowWhen({ Bool: { 'aws:SecureTransport': 'true' } })],
      [allowWhen({ Bool: { 'aws:SecureTransport': 'true' }, StringEquals: { 'aws:SecureTransport': '${aws:PrincipalTag/x}' } })],
    ]),
    widened('all addresses after the first block', '1.0.0.0 is in no block', [
      [allowWhen({ IpAddress: { 'aws:SourceIp': ['0.0.0.0/8', '::/0'] } })],
      [allowWhen({ Null: { 'aws:SourceIp': 'false' } })],
    ]),
    widened('a variable among words, in a statement of its own', 'the tag may say false', [
      [allowWhen({ Bool: { 'aws:SecureTransport': 'true' } })],
      [
        allowWhen({ Bool: { 'aws:SecureTransport': 'true' } }),
        allowWhen({ StringEquals: { 'aws:SecureTransport': '${aws:PrincipalTag/x}' } }),
      ],
    ]),
    changed(
      'an IPv4 address written as IPv6, in hexadecimal',
      'whether an IPv4 address written as IPv6 is the IPv4 one is not documented',
      [
        [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': ['10.0.0.1'] } })],
        [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': ['10.0.0.1', '::ffff:a00:1'] } })],
      ],
    ),
    changed('an IPv4 address written as IPv6, with dots', 'whether an IPv4 address written as IPv6 is the IPv4 one is not documented', [
      [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': ['10.0.0.1'] } })],
      [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': ['10.0.0.1', '::ffff:10.0.0.1'] } })],
    ]),
    changed(
      'an IPv4 address and the same written as IPv6, both asked for',
      'whether an IPv4 address written as IPv6 is the IPv4 one is not documented',
      [
        [
          allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': '10.0.0.1' }, IpAddressIfExists: { 'aws:SourceIp': '::ffff:a00:1' } }),
          allowWhen({}),
        ],
        [allowWhen({})],
      ],
    ),
    changed(
      'the block of all IPv4 addresses written as IPv6',
      'whether an IPv4 address written as IPv6 is the IPv4 one is not documented',
      [
        [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': ['10.0.0.1'] } })],
        [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': ['10.0.0.1', '::ffff:0:0/96'] } })],
      ],
    ),
    widened('a block of IPv6 addresses beside those written so', 'other addresses', [
      [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': ['10.0.0.1'] } })],
      [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': ['10.0.0.1', '::fffe:0:0/96'] } })],
    ]),
    widened('a block of IPv6 addresses that holds those written so', 'it holds others, too', [
      [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': ['10.0.0.1'] } })],
      [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': ['10.0.0.1', '::ffff:0:0/95'] } })],
    ]),
    changed('an address with something before it', 'no address', [
      [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8'] } })],
      [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': ['1/10.0.0.0/8'] } })],
    ]),
    changed('a word, and the bytes written like it', 'base 64 of other bytes', [
      [allowWhen({ Bool: { 'aws:SecureTransport': 'true' } })],
      [allowWhen({ BinaryEquals: { 'aws:SecureTransport': 'true' } })],
    ]),
    changed('the bytes of a word, and the other word', 'the bytes may be those of true', [
      [allowWhen({ BinaryEquals: { 'aws:SecureTransport': 'dHJ1ZQ==' } })],
      [allowWhen({ Bool: { 'aws:SecureTransport': 'false' } })],
    ]),
    changed('bytes denied in two writings', 'both may be the same byte: bits that do not count are not zero in one', [
      [allowWhen({ BinaryEquals: { 'x:k': 'QQ==' } })],
      [
        allowWhen({ BinaryEquals: { 'x:k': 'QQ==' } }),
        denyWhen({ BinaryEquals: { 'x:k': 'QQ==' }, BinaryEqualsIfExists: { 'x:k': 'QR==' } }),
      ],
    ]),
    changed('an offset that no zone has', 'not of ISO 8601', [
      [allowWhen({ DateLessThan: { 'aws:CurrentTime': '2026-01-02T01:39:00+25:39' } })],
      [allowWhen({ DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } })],
    ]),
    changed('a few digits as a date', 'seconds or a year, nobody says', [
      [allowWhen({ DateLessThan: { 'aws:CurrentTime': '123456' } })],
      [allowWhen({ DateLessThan: { 'aws:CurrentTime': '1970-01-02T10:17:36Z' } })],
    ]),
    changed('a leading zero', 'whether that is ten is not said', [
      [allowWhen({ NumericEquals: { 's3:max-keys': '010' } })],
      [allowWhen({ NumericEquals: { 's3:max-keys': '10' } })],
    ]),
    widened('half a second', 'a moment may be between the two', [
      [allowWhen({ NumericLessThan: { 'aws:EpochTime': '100.5' } })],
      [allowWhen({ NumericLessThan: { 'aws:EpochTime': '101' } })],
    ]),
    changed('both words as texts, and any value', 'there may be no other value', [
      [allowWhen({ StringEquals: { 'aws:SecureTransport': ['true', 'false'] } })],
      [allowWhen({ Null: { 'aws:SecureTransport': 'false' } })],
    ]),
    changed('a text that is no number', 'the key holds seconds', [
      [allowWhen({ Null: { 'aws:MultiFactorAuthAge': 'false' } })],
      [allowWhen({ Null: { 'aws:MultiFactorAuthAge': 'false' }, StringNotEquals: { 'aws:MultiFactorAuthAge': 'abc' } })],
    ]),
    changed('any ARN, and any value', 'the key holds ARNs', [
      [allowWhen({ ArnLike: { 'aws:SourceArn': 'arn:*:*:*:*:*' } })],
      [allowWhen({ Null: { 'aws:SourceArn': 'false' } })],
    ]),
    widened('some ARNs, and any value', 'there are other ARNs', [
      [allowWhen({ StringLike: { 'aws:SourceArn': 'arn:aws:s3:::a*' } })],
      [allowWhen({ Null: { 'aws:SourceArn': 'false' } })],
    ]),
    same('a letter whose capital is not of Latin-1', 'documents hold nothing else', [
      [allowWhen({ StringEqualsIgnoreCase: { 'aws:x': 'ÿ' } })],
      [allowWhen({ StringEquals: { 'aws:x': 'ÿ' } })],
    ]),
    changed('an ARN operator beside Bool on a boolean key', 'what ArnNotEquals makes of a word is not documented', [
      [allow('s3:GetObject'), denyWhen({ Bool: { 'aws:SecureTransport': 'false' } })],
      [
        allow('s3:GetObject'),
        denyWhen({ Bool: { 'aws:SecureTransport': 'false' }, ArnNotEquals: { 'aws:SecureTransport': 'arn:aws:s3:::a' } }),
      ],
    ]),
    changed('aws:SourceIp: an IPv6 address without a prefix', 'AWS gives the default prefix as /32, beside an example of IPv6', [
      [allowWhen({ IpAddress: { 'aws:SourceIp': '2001:db8::1' } })],
      [allowWhen({ IpAddress: { 'aws:SourceIp': '2001:db8::1/128' } })],
    ]),
    changed('aws:SourceIp: an IPv6 address without a prefix in a block', 'read as /32 it is the larger one', [
      [allowWhen({ IpAddress: { 'aws:SourceIp': '2001:db8::/64' } })],
      [allowWhen({ IpAddress: { 'aws:SourceIp': '2001:db8::1' } })],
    ]),
    same('aws:SourceIp: the same IPv6 address without a prefix', 'whatever it is, it is the same', [
      [allowWhen({ IpAddress: { 'aws:SourceIp': '2001:db8::1' } })],
      [allowWhen({ IpAddress: { 'aws:SourceIp': ['2001:db8::1'] } })],
    ]),
    narrowed('aws:MultiFactorAuthAge: under 0 denied', 'that no age is under 0 is not followed: contexts are free', [
      [allow('s3:GetObject')],
      [allow('s3:GetObject'), denyWhen({ NumericLessThan: { 'aws:MultiFactorAuthAge': '0' } })],
    ]),
    changed('an ARN of three segments and the same text', 'Nobody says what an ARN operator does with fewer than six segments.', [
      [allow('s3:GetObject', 'arn:aws:s3:::b', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3' } })],
      [allow('s3:GetObject', 'arn:aws:s3:::b', { StringEquals: { 'aws:SourceArn': 'arn:aws:s3' } })],
    ]),
    changed('an ARN of three segments, and not that one', 'One of the two conditions need not hold where the ARN cannot be read.', [
      [
        allow('s3:GetObject', 'arn:aws:s3:::b', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3' } }),
        allow('s3:GetObject', 'arn:aws:s3:::b', { ArnNotLike: { 'aws:SourceArn': 'arn:aws:s3' } }),
      ],
      [allow('s3:GetObject', 'arn:aws:s3:::b')],
    ]),
    same('not one number, or not another', 'A number is not both.', [
      [allowWhen({ NumericNotEquals: { 'ec2:VolumeSize': '1' } }), allowWhen({ NumericNotEquals: { 'ec2:VolumeSize': '2' } })],
      [allow('s3:GetObject')],
    ]),
    same('a bound with IfExists beside a Deny over it', 'What is over the bound is denied already.', [
      [allow('s3:GetObject'), denyWhen({ NumericGreaterThan: { 'ec2:VolumeSize': '100' } })],
      [
        allowWhen({ NumericLessThanEqualsIfExists: { 'ec2:VolumeSize': '100' } }),
        denyWhen({ NumericGreaterThan: { 'ec2:VolumeSize': '100' } }),
      ],
    ]),
    narrowed(
      'a bound, and a Deny over it with IfExists',
      'Allowed are the same; over the bound, and without the key, there is a Deny now.',
      [
        [allowWhen({ NumericLessThanEquals: { 'ec2:VolumeSize': '100' } })],
        [allow('s3:GetObject'), denyWhen({ NumericGreaterThanIfExists: { 'ec2:VolumeSize': '100' } })],
      ],
    ),
    widened('two numbers, and all between them', '1.5 is between: numbers are whole or decimal.', [
      [allowWhen({ NumericEquals: { 'ec2:VolumeSize': ['1', '2'] } })],
      [allowWhen({ NumericGreaterThanEquals: { 'ec2:VolumeSize': '1' }, NumericLessThanEquals: { 'ec2:VolumeSize': '2' } })],
    ]),
    same('both words of a key that only Bool is put to, or no such key', 'The key is there and true, or is not there.', [
      [allowWhen({ BoolIfExists: { 'ec2:Encrypted': 'true' } })],
      [allowWhen({ Bool: { 'ec2:Encrypted': 'true' } }), allowWhen({ Null: { 'ec2:Encrypted': 'true' } })],
    ]),
    changed('both words of a key that an operator for texts is put to elsewhere', 'The key may hold any text, q for one.', [
      [allow('s3:GetObject', 'arn:aws:s3:::b', { StringEquals: { 'x:k': 'q' } }), allowWhen({ Bool: { 'x:k': ['true', 'false'] } })],
      [allow('s3:GetObject', 'arn:aws:s3:::b', { StringEquals: { 'x:k': 'q' } }), allowWhen({ Null: { 'x:k': 'false' } })],
    ]),
    same(
      'all addresses of a key that only operators for addresses are put to',
      'An address is in the block or is not, and neither is one that is absent.',
      [[allowWhen({ IpAddress: { 'x:k': '10.0.0.0/8' } }), allowWhen({ NotIpAddress: { 'x:k': '10.0.0.0/8' } })], [allow('s3:GetObject')]],
    ),
    same('all dates of a key that only operators for dates are put to', 'A date is on one side of the bound or on the other.', [
      [allowWhen({ DateLessThan: { 'x:k': '2026-01-01' } }), allowWhen({ DateGreaterThanEquals: { 'x:k': '2026-01-01' } })],
      [allowWhen({ Null: { 'x:k': 'false' } })],
    ]),
    changed('both words of a key that is a variable, too', 'What a resource is made of may be any text.', [
      [allow('s3:GetObject', 'arn:aws:s3:::${x:k}'), allowWhen({ Bool: { 'x:k': ['true', 'false'] } })],
      [allow('s3:GetObject', 'arn:aws:s3:::${x:k}'), allowWhen({ Null: { 'x:k': 'false' } })],
    ]),
    narrowed('s3:max-keys over a bound below 0', 'All numbers from 0 on are over it.', [
      [allow('s3:Put'), allowWhen({ NumericGreaterThan: { 's3:max-keys': -5 } })],
      [allow('s3:Put')],
    ]),
    widened('s3:max-keys between a bound below 0 and another', '-6 is under the one bound alone', [
      [allow('s3:Put'), allowWhen({ NumericGreaterThan: { 's3:max-keys': -5 }, NumericLessThan: { 's3:max-keys': 10 } })],
      [allow('s3:Put'), allowWhen({ NumericLessThan: { 's3:max-keys': 10 } })],
    ]),
    changed('over a bound, and a smaller number', '30 is allowed no more, and 10 is now.', [
      [allowWhen({ NumericGreaterThan: { 's3:max-keys': 20 } })],
      [allowWhen({ NumericEquals: { 's3:max-keys': 10 } })],
    ]),
    widened('between bounds that are named from high to low', '15 is allowed now, too.', [
      [allowWhen({ NumericEquals: { 's3:max-keys': [30, 20, 10] } })],
      [
        allowWhen({ NumericEquals: { 's3:max-keys': [30, 20, 10] } }),
        allowWhen({ NumericGreaterThan: { 's3:max-keys': 10 }, NumericLessThan: { 's3:max-keys': 20 } }),
      ],
    ]),
    changed('under a bound below 0, and that bound', '-6 is allowed no more, and -5 is now.', [
      [allowWhen({ NumericLessThan: { 'x:n': -5 } })],
      [allowWhen({ NumericEquals: { 'x:n': -5 } })],
    ]),
    changed(
      'a text as a variable, that need be no number',
      'What the tag holds need be no number under 5; it is not known whether any text is a number for the operator.',
      [
        [allowWhen({ StringEquals: { 'x:n': '${aws:PrincipalTag/x}' } })],
        [allowWhen({ StringEquals: { 'x:n': '${aws:PrincipalTag/x}' }, NumericLessThan: { 'x:n': 5 } })],
      ],
    ),
  ],
};
