using System.Collections.Frozen;

namespace LedgerLift.Logging;

/// <summary>The words that key names are made of, and what each says. Words are lower case; a joined name is taken apart by them.</summary>
internal static class KeyWords
{
    private const string Strong =
        "password passwords passwd passphrase passcode passwort kennwort contrasena senha pwd pw secret secrets cookie cookies credential "
        + "credentials creds sessid sess phpsessid jsessionid csrf xsrf antiforgery authenticity mnemonic";

    private const string Weak =
        "cvv cvc token tokens auth authorization bearer email emails mail phone phones telephone mobile fax ssn sin nino dob birth "
        + "birthdate birthday birthplace iban pan pin otp otps totp salt jwt jti signature signatures sig hmac dpop assertion verifier "
        + "session sessions surname street remembertoken taxpayer ccnum ccnumber csc";

    // The id of one of these is what a thief needs.
    private const string StaysWithId = "taxpayer session sessions token tokens jwt jti";

    private const string VetoLast =
        "action actions active algorithm algorithms alg algs age amount attempt attempts audience balance bool budget bytes cache capacity charset check checks claim class "
        + "collection color command config configs configuration configurations confirmation connection count counter counts country created curve date dates "
        + "day days default delay delivery digits disabled domain domains driver duration enabled enc encoding encryption endpoint endpoints enforcement "
        + "error errors event events expiration expires expiry factory fallback fee field fields file flag flags flow format frequency grace "
        + "handler host hostname hour hours icon identifier index info interval issuer job kind label labels language leader length level "
        + "lifespan leeway lifetime limit limits list locale lock logo mailer manager max method methods metric metrics middleware migration min minimum minute minutes mode "
        + "model ms name names offset operator option options order pages parameters path percent percentage period pid platform point policies policy pool port position precheck "
        + "preference prefix presence priority progress property protocol provider providers purpose quality quantity query queue rate ratio "
        + "realm reason reasons region registration registrations report requests required requirement result results retention retries retry risk role roles route scheme schemes "
        + "schema scope scopes score seconds selector sender sent server second service settings setup setups shape signup size source speed start state "
        + "stats status store strategy strength subject suffix support switch table template templates tenant threshold throughput time timeout "
        + "timer timestamp title total transport tree ttl type types unit uri uris url urls usage username validity vendor verification "
        + "version versions view volume wait warning weight width window year years cs js ts py go rb php";

    private const string VetoFirst =
        "is has have had can should must may was use uses enable enables disable disables allow allows deny require requires show hide displays "
        + "supports want wants include includes exclude skip ignore no non num number count force prefer validate save apply";

    private const string AmountFirst =
        "max maximum min minimum total avg average sum limit used remaining cached estimated per prompt input output";

    private const string Trailing = "at in on for until per by via utc ago since after before";

    private const string OpensWithKey =
        "access account aes api app application admin auth authentication authorization aws azure backup billing bitlocker cipher "
        + "client consumer crypto decryption dek deploy device dkim ecdsa encrypt encrypted encryption event functions gcp grid hmac hook "
        + "integration internal ipn jwe jws jwt kek keystore license licence ldap login master meilisearch openai anthropic algolia mapbox "
        + "mailgun sendgrid twilio stripe google firebase maps pem personal private production push recovery rest restricted role root rsa sa "
        + "sas secondary secret server service session shared sign signing smtp ssh ssl sso storage subscription symmetric sync tls token "
        + "truststore vapid webhook wrapped wrapping zone";

    private const string FindsWithKey =
        "public primary foreign partition sort cache lookup group composite object idempotency routing hash row s3 range natural surrogate "
        + "index search translation locale label message metadata ordering feature unique candidate clustering shard route sharding kms";

    private const string HasPass =
        "db database smtp imap pop ftp sftp user my admin root proxy ldap mail email redis rabbitmq mysql pg pgsql postgres postgresql mongo "
        + "mongodb default login basic http auth bind svc service app api system guest master account";

    private const string HasAddress =
        "client remote user source src peer device request requester customer real visitor caller login registration signup last origin "
        + "originating forwarded sender voter author connecting";

    private const string IsNamed =
        "first last given family middle maiden full sur nick recipient holder cardholder patient beneficiary payee payer person contact "
        + "employee legal birth customer applicant";

    private const string IsPlace =
        "street home billing shipping mailing postal residential residence delivery permanent private personal work invoice";

    // Words that only help to take joined names apart, and whole words that must not be taken apart.
    private const string Others =
        "key keys id ids ip addr address addresses name number numbers num code codes card cards credit debit bank account routing security "
        + "social national identity identification insurance passport driver drivers driving licence license medical record tax x http https "
        + "header headers value values data string base raw current new old confirm reset temp one two factor time multi mfa backup recovery seed phrase "
        + "word words refresh id identity access bot magic link invite invitation activation verify request response query param form json "
        + "web oauth oidc saml sso aad php js j csrf github gitlab npm docker azure slack discord telegram vault consul kube hugging face "
        + "personal pat line lines maiden mothers mother of date day place forwarded shared answer question stamp holder bypass sendmail "
        + "pass rapid mailbox mailcatcher passkey passkeys author authority phonetic encoded hashed digest pepper hint continuation cancellation page "
        + "syntax metadata change stop completion reasoning sequence concurrency lexer parser next primary connection cc track pinblock block";

    private static readonly FrozenDictionary<string, WordRoles> s_roles = Build();

    private static readonly FrozenDictionary<string, WordRoles>.AlternateLookup<ReadOnlySpan<char>> s_bySpan = s_roles.GetAlternateLookup<
        ReadOnlySpan<char>
    >();

    // By the first two letters of a word, a bit for every length that words with this beginning have: most lookups end here.
    private static readonly uint[] s_lengths = BuildLengths();

    /// <summary>The words that are rules: those that make a value sensitive by themselves.</summary>
    public static IEnumerable<string> Sensitive =>
        s_roles.Where(static pair => pair.Value.Has(WordRoles.Strong | WordRoles.Weak)).Select(static pair => pair.Key);

    /// <summary>Whether it is a word, and what it says.</summary>
    public static bool TryGet(ReadOnlySpan<char> word, out WordRoles roles)
    {
        if (word.Length is >= 2 and < 32 && (Lengths(word) & (1u << word.Length)) != 0)
            return s_bySpan.TryGetValue(word, out roles);

        roles = WordRoles.None;
        return word.Length == 1 && s_bySpan.TryGetValue(word, out roles);
    }

    /// <summary>For each length a bit: whether there are words of this length that begin with the same two letters.</summary>
    public static uint Lengths(ReadOnlySpan<char> text) =>
        char.IsAsciiLetterLower(text[0]) && char.IsAsciiLetterLower(text[1]) ? s_lengths[Index(text)] : uint.MaxValue;

    private static int Index(ReadOnlySpan<char> text) => ((text[0] - 'a') * 26) + text[1] - 'a';

    private static uint[] BuildLengths()
    {
        var lengths = new uint[26 * 26];
        foreach (var word in s_roles.Keys.Where(static word => word.Length > 1 && word.All(char.IsAsciiLetterLower)))
            lengths[Index(word)] |= 1u << word.Length;

        return lengths;
    }

    private static FrozenDictionary<string, WordRoles> Build()
    {
        var roles = new Dictionary<string, WordRoles>(StringComparer.Ordinal);
        Add(Strong, WordRoles.Strong);
        Add(Weak, WordRoles.Weak);
        Add(StaysWithId, WordRoles.StaysWithId);
        Add(VetoLast, WordRoles.VetoLast);
        Add(VetoFirst, WordRoles.VetoFirst);
        Add(AmountFirst, WordRoles.AmountFirst);
        Add(Trailing, WordRoles.Trailing);
        Add(OpensWithKey, WordRoles.OpensWithKey);
        Add(FindsWithKey, WordRoles.FindsWithKey);
        Add(HasPass, WordRoles.HasPass);
        Add(HasAddress, WordRoles.HasAddress);
        Add(IsNamed, WordRoles.IsNamed);
        Add(IsPlace, WordRoles.IsPlace);
        Add(Others, WordRoles.None);
        return roles.ToFrozenDictionary(StringComparer.Ordinal);

        void Add(string words, WordRoles role)
        {
            foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                roles[word] = roles.GetValueOrDefault(word) | role;
        }
    }
}
