using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LedgerLift.Testing;

namespace LedgerLift.Auth.Tests;

public sealed class HmacSignatureVerifierProperties
{
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(3000);
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    private static Arbitrary<byte[]> Bodies =>
        Gen.OneOf(
                Gen.Choose(0, 300).SelectMany(length => Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(length)),
                Gen.Choose(1, 40).SelectMany(length => Gen.Elements("0123456789{}"u8.ToArray()).ArrayOf(length))
            )
            .ToArbitrary();

    [Fact]
    public void What_was_signed_is_accepted() =>
        Prop.ForAll(
                Bodies,
                Gen.Choose(-300, 300).ToArbitrary(),
                async (body, age) => await Verify(body, TimestampAt(age), body) is SignatureVerdict.Valid
            )
            .Check(Runs);

    [Fact]
    public void Nothing_outside_the_tolerance_is_accepted() =>
        Prop.ForAll(
                Bodies,
                Gen.OneOf(Gen.Choose(301, 1_000_000), Gen.Choose(-1_000_000, -301)).ToArbitrary(),
                async (body, age) =>
                    await Verify(body, TimestampAt(age), body) == (age > 0 ? SignatureVerdict.Stale : SignatureVerdict.Future)
            )
            .Check(Runs);

    [Fact]
    public void A_body_with_one_bit_changed_is_never_accepted() =>
        Prop.ForAll(
                Bodies.Filter(body => body.Length > 0),
                Gen.Choose(0, int.MaxValue).ToArbitrary(),
                async (body, choice) =>
                {
                    byte[] changed = [.. body];
                    changed[choice / 8 % body.Length] ^= (byte)(1 << (choice % 8));
                    return await Verify(body, TimestampAt(0), changed) is SignatureVerdict.Mismatch;
                }
            )
            .Check(Runs);

    // All ways to cut the same signed bytes into timestamp and body.
    [Fact]
    public void Only_one_cut_between_timestamp_and_body_is_accepted() =>
        Prop.ForAll(
                Bodies,
                Gen.Choose(0, 30).ToArbitrary(),
                async (body, cut) =>
                {
                    var text = TimestampAt(0) + Encoding.Latin1.GetString(body);
                    cut = Math.Min(cut, text.Length);
                    var signature = HmacSignature.Compute(TestKeys.Secret("k1"), TimestampAt(0), body);
                    using var verifier = Create();
                    var verdict = await verifier.VerifyAsync(signature, text[..cut], Encoding.Latin1.GetBytes(text[cut..]));
                    return verdict is SignatureVerdict.Valid == (cut == 10);
                }
            )
            .Check(Runs);

    [Fact]
    public void No_header_text_makes_it_throw() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<string?>(),
                ArbMap.Default.ArbFor<string?>(),
                async (signature, timestamp) =>
                {
                    using var verifier = Create();
                    var verdict = await verifier.VerifyAsync(signature, timestamp, default);
                    return verdict
                        is SignatureVerdict.Missing
                            or SignatureVerdict.Malformed
                            or SignatureVerdict.Stale
                            or SignatureVerdict.Future;
                }
            )
            .Check(Runs);

    [Theory]
    [InlineData(SignatureScheme.StandardWebhooks)]
    [InlineData(SignatureScheme.Canonical)]
    public void No_text_makes_another_scheme_throw(SignatureScheme scheme) =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<string?[]>().Filter(texts => texts.Length >= 8),
                async texts =>
                {
                    using var verifier = new HmacSignatureVerifier(TestKeys.Options(scheme), new ManualTimeProvider(Now));
                    var request = new SignedRequest(texts[0], texts[1], default)
                    {
                        MessageId = texts[2],
                        Method = texts[3],
                        Path = texts[4],
                        Query = texts[5],
                        Nonce = texts[6],
                        KeyId = texts[7],
                        ContentSha256 = texts[0],
                    };
                    return await verifier.VerifyAsync(request) is not SignatureVerdict.Valid;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static string TimestampAt(int age) => (Now.ToUnixTimeSeconds() - age).ToString(CultureInfo.InvariantCulture);

    private static async Task<SignatureVerdict> Verify(byte[] signed, string timestamp, byte[] received)
    {
        using var verifier = Create();
        return await verifier.VerifyAsync(HmacSignature.Compute(TestKeys.Secret("k1"), timestamp, signed), timestamp, received);
    }

    private static HmacSignatureVerifier Create() => new(TestKeys.Options(), new ManualTimeProvider(Now));
}
