using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LedgerLift.Logging.Tests;

/// <summary>Grows secrets of every form, and the objects, texts and templates they are hidden in.</summary>
internal sealed class SecretGarden(Random random)
{
    private const string LettersAndDigits = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private static readonly string[] s_keys =
    [
        "password",
        "Password",
        "api_key",
        "apiKey",
        "X-Api-Key",
        "accessToken",
        "refresh_token",
        "clientSecret",
        "client_secret",
        "userPassword",
        "dbpassword",
        "SessionId",
        "authToken",
        "Authorization",
        "cookie",
        "Set-Cookie",
        "pin",
        "cvv",
        "ssn",
        "secretKey",
        "privateKey",
        "connectionString",
        "ＰＡＳＳＷＯＲＤ",
        "pass\u200Bword",
        "appSecret",
        "authHeaders",
        "signingKey",
        "passphrase",
    ];

    private static readonly string[] s_cards = ["411111", "555555", "378282", "601111", "353011"];

    /// <summary>Twelve characters that stand nowhere else, digits and letters among them.</summary>
    public string Canary()
    {
        Span<char> text = stackalloc char[14];
        for (var i = 0; i < text.Length; i++)
            text[i] = LettersAndDigits[random.Next(LettersAndDigits.Length)];

        (text[0], text[7]) = ('Q', (char)('2' + random.Next(8)));
        return text.ToString();
    }

    public string Key() => s_keys[random.Next(s_keys.Length)];

    /// <summary>A text that gives its secret away by its form, under any name.</summary>
    public Planted Telling()
    {
        var canary = Canary();
        return random.Next(19) switch
        {
            0 => new($"{canary}@example.org", canary),
            1 => new($"write to {canary}@mail.example.co.uk today", canary),
            2 => Card(),
            3 => Iban(),
            4 => Jwt(canary),
            5 => new($"Bearer {canary}{canary}", canary),
            6 => Basic(canary),
            7 => new($"https://ada:{canary}@example.org/x?y=1", canary),
            8 => new($"https://b.s3.amazonaws.com/a.pdf?X-Amz-Credential=x&X-Amz-Signature={canary}&X-Amz-Expires=900", canary),
            9 => new($"{Key()}={canary}", canary),
            10 => new($"Host=db;Username=svc;Password={canary};Pooling=true", canary),
            11 => new($"-----BEGIN PRIVATE KEY-----\n{canary}\n-----END PRIVATE KEY-----", canary),
            12 => new("ghp_" + canary + canary + canary[..8], canary),
            13 => new($$$"""{"a":{"{{{JsonEncodedText.Encode(Key())}}}":"{{{canary}}}","n":1}}""", canary),
            14 => new($$"""body {"{{JsonEncodedText.Encode(Key())}}": "{{canary}}"} end""", canary),
            15 => new($"User {{ Name = Ada, Password = {canary} }}", canary),
            16 => new($"<login><password>{canary}</password></login>", canary),
            17 => new("sk_live_" + canary, canary),
            _ => new($"/cb?code={canary}&state=1", canary),
        };
    }

    /// <summary>A value of any type under a name that gives it away.</summary>
    public Planted Named()
    {
        var canary = Canary();
        return random.Next(8) switch
        {
            0 => new(Encoding.UTF8.GetBytes(canary), canary),
            1 => new(new[] { canary, "x" }, canary),
            2 => new(new { Anything = canary }, canary),
            3 => new(new StringBuilder(canary), canary),
            4 => new(new Uri($"https://example.org/{canary}"), canary),
            5 => new(JsonSerializer.SerializeToElement(canary), canary),
            _ => new(canary, canary),
        };
    }

    /// <summary>An object that holds a secret somewhere inside.</summary>
    public Planted Nested(int depth = 0)
    {
        var (key, inner) = random.Next(3) == 0 ? ("note", Telling()) : (Key(), Named());
        if (depth < 4 && random.Next(3) > 0)
            (key, inner) = ("meta", Nested(depth + 1));

        object value = random.Next(8) switch
        {
            0 => new Dictionary<string, object?> { ["n"] = 1, [key] = inner.Value },
            1 => new List<object?>
            {
                1,
                new Dictionary<string, object?> { [key] = inner.Value },
            },
            2 => new SortedList<string, object?> { [key] = inner.Value },
            3 when key is "meta" or "note" => new Envelope("ada", inner.Value),
            4 when key is not ("meta" or "note") => new Credentials("ada", inner.Value),
            5 when inner.Value is string text => JsonSerializer.SerializeToElement(new Dictionary<string, string> { [key] = text }),
            6 when inner.Value is string text => new JsonObject { ["list"] = new JsonArray(new JsonObject { [key] = text }) },
            _ => new[] { KeyValuePair.Create(key, inner.Value) },
        };
        return new Planted(value, inner.Secret);
    }

    private Planted Card()
    {
        var prefix = s_cards[random.Next(s_cards.Length)];
        var length = prefix[0] == '3' && prefix[1] == '7' ? 15 : 16;
        var digits = prefix + string.Concat(Enumerable.Range(0, length - 7).Select(_ => (char)('0' + random.Next(10))));
        var number = digits + CheckDigit(digits);
        if (random.Next(4) == 0)
            return new Planted(long.Parse(number, CultureInfo.InvariantCulture), number);

        if (length == 16 && random.Next(2) == 0)
        {
            var grouped = string.Join(random.Next(2) == 0 ? ' ' : '-', number.Chunk(4).Select(static group => new string(group)));
            return new Planted($"card {grouped} charged", grouped);
        }

        return new Planted($"card {number} charged", number);
    }

    private static char CheckDigit(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[digits.Length - 1 - i] - '0';
            sum +=
                i % 2 != 0 ? digit
                : digit > 4 ? (digit * 2) - 9
                : digit * 2;
        }

        return (char)('0' + ((10 - (sum % 10)) % 10));
    }

    private Planted Iban()
    {
        var account = string.Concat(Enumerable.Range(0, 18).Select(_ => (char)('0' + random.Next(10))));
        var check = 98 - (int)(System.Numerics.BigInteger.Parse(account + "131400", CultureInfo.InvariantCulture) % 97);
        var iban = string.Create(CultureInfo.InvariantCulture, $"DE{check:00}{account}");
        return new Planted($"pay to {iban} now", iban);
    }

    private static Planted Jwt(string canary)
    {
        var payload = System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"sub":"{{canary}}"}"""));
        return new Planted($"got eyJhbGciOiJIUzI1NiJ9.{payload}.{canary}", payload);
    }

    private static Planted Basic(string canary)
    {
        var pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"ada:{canary}"));
        return new Planted($"sent Basic {pair} twice", pair);
    }

    internal sealed record Envelope(string Name, object? Meta);

    internal sealed record Credentials(string Name, object? Password);
}
