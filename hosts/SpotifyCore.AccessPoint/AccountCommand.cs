using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Billing;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Login;
using SpotifyCore.Hosting.Options;
using SpotifyCore.Hosting.Running;

namespace SpotifyCore.AccessPoint;

/// <summary>The <c>account</c> command.</summary>
internal static class AccountCommand
{
    /// <summary>How each is called, for <see cref="HostProgram.Commands"/>.</summary>
    public static readonly HostCommand[] Commands =
    [
        new(
            "account add NAME --role ROLE [--country SE] [--plan PLAN]",
            $"Makes an account with one role or both (listener,import); it is free unless with a plan. {Passwords}"),
        new(
            "account list",
            "Lists the accounts, their roles, countries and references (for a checkout), and how often each is logged in."),
        new(
            "account plan NAME",
            "Says which plan an account has, given and paid for, and lists what was said: given or paid, cancelled, ended."),
        new("account remove NAME", "Removes an account and ends its sessions."),
        new("account rename NAME NEW-NAME", "Gives an account another name; its sessions go on."),
        new("account set-country NAME COUNTRY", "Says which country an account is of: two letters, such as SE."),
        new("account set-email NAME ADDRESS", "Gives an account another e-mail address, which its owner has to verify."),
        new(
            "account set-plan NAME premium [--until 2027-01-31]",
            "Gives an account a plan, unlimited or premium, in place of what was given before; what it pays for stays beside"
            + " it. Free ends all at once, what it pays for too. It counts from its devices' next call on."),
        new("account set-password NAME", $"Sets an account's password and ends its sessions. {Passwords}"),
    ];

    private const string Passwords = "The password comes from SPOTIFYCORE_PASSWORD, standard input or a prompt.";

    private static readonly OperatorCommand Command = new("account", new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["add"] = ["NAME"],
        ["list"] = [],
        ["plan"] = ["NAME"],
        ["remove"] = ["NAME"],
        ["rename"] = ["NAME", "NEW-NAME"],
        ["set-country"] = ["NAME", "COUNTRY"],
        ["set-email"] = ["NAME", "ADDRESS"],
        ["set-password"] = ["NAME"],
        ["set-plan"] = ["NAME", "PLAN"],
    })
    {
        Claim = static options => options.Claim<AccountAddOptions>(),
    };

    public static bool IsMeant(string[] args) => args is ["account", ..];

    public static Task<int> RunAsync(HostProgram program, string[] args) => Command.RunAsync(program, args, DoAsync);

    private static async Task<string> DoAsync(string[] words, OperatorData data)
    {
        switch (words)
        {
            case ["add", var name]:
                return await AddAsync(name, data);
            case ["list"]:
                return List(data.Existing<AccountStore>().List());
            case ["remove", var name]:
                data.Existing<AccountStore>().Remove(name);
                return $"removed {AccountStore.Normalize(name)}";
            case ["rename", var name, var newName]:
                data.Existing<AccountStore>().Rename(name, newName);
                return $"{AccountStore.Normalize(name)} is now {AccountStore.Normalize(newName)}";
            case ["set-country", var name, var country]:
                var code = data.Existing<AccountStore>().SetCountry(name, country);
                return $"{AccountStore.Normalize(name)} is of {code}";
            case ["set-email", var name, var email]:
                data.Existing<AccountStore>().SetEmail(name, email);
                return $"the address of {AccountStore.Normalize(name)} is {email}";
            case ["plan", var name]:
                return ListPlans(AccountStore.Normalize(name), data.Existing<OperatorPlans>());
            case ["set-plan", var name, var plan]:
                return SetPlan(name, PlanOf(plan, "the plan"), data);
            default:
                var known = data.Existing<AccountStore>();
                var owner = known.Get(words[1]).Name;
                known.SetPassword(owner, await ReadPasswordAsync());
                return $"the password of {owner} is set; its devices have to log in again";
        }
    }

    private static async Task<string> AddAsync(string name, OperatorData data)
    {
        var wanted = data.Options.Read<AccountAddOptions>();
        var (roles, plan) = (RolesOf(wanted.Role), PlanOf(wanted.Plan, "--plan"));
        if (wanted.Country.Length > 0 && !CountryCodes.TryRead(wanted.Country, out _))
            throw new OptionsException($"--country can't be '{wanted.Country}': it must be two letters, such as SE");

        var accounts = data.Made<AccountStore>();
        accounts.CheckFree(name);
        var added = accounts.Add(name, await ReadPasswordAsync(), roles, wanted.Country);
        if (plan != Plan.Free)
            data.Made<OperatorPlans>().Give(added.Name, plan, ends: null);

        return $"added {added.Name} with {RoleNames.Of(added.Roles)}{(plan == Plan.Free ? "" : $", {WordOf(plan)}")}";
    }

    private static string SetPlan(string name, Plan plan, OperatorData data)
    {
        var (plans, until) = (data.Existing<OperatorPlans>(), data.Options.Read<AccountAddOptions>().Until);
        if (plan == Plan.Free && until.Length > 0)
            throw new OptionsException("--until is of a plan that is given, not of free");
        if (!DateOnly.TryParseExact(until, "yyyy-MM-dd", out var last) && until.Length > 0)
            throw new OptionsException($"--until can't be '{until}': it must be a day, such as 2027-01-31");

        if (until.Length > 0 && EndOf(last) <= TimeProvider.System.GetUtcNow())
            throw new OptionsException($"--until can't be '{until}': that day is over");

        name = AccountStore.Normalize(name);
        if (plan == Plan.Free)
            plans.End(name);
        else
            plans.Give(name, plan, until.Length == 0 ? null : EndOf(last));

        var now = plans.Find(name);
        var given = $"{WordOf(plan)}{(until.Length > 0 ? $" until {until}" : "")}";
        return now.InForce is { } inForce && inForce.Plan != plan
            ? $"{name} is given {given}, and is {WordOf(inForce)} by what is paid for"
            : $"{name} is {given}";
    }

    // What counts, then what it comes of.
    private static string ListPlans(string name, OperatorPlans plans)
    {
        var said = plans.List(name);
        if (said.Count == 0)
            return $"{name} is free, and was never anything else";

        var now = plans.Find(name);
        var parts = new[] { (Word: "given", Plan: now.Given), (Word: "paid for", Plan: now.Paid) }
            .Where(static part => part.Plan is not null).Select(static part => $"{part.Word}: {WordOf(part.Plan!)}");
        return string.Join(Environment.NewLine, [
            $"{name} is {(now.InForce is { } inForce ? $"{WordOf(inForce.Plan)} ({string.Join("; ", parts)})" : "free")}", .. said,
        ]);
    }

    private static string WordOf(HeldPlan held) =>
        WordOf(held.Plan) + (held.Ends is { } ends ? $" until {ends:yyyy-MM-dd HH:mm}" : "");

    private static DateTimeOffset EndOf(DateOnly last) => last == DateOnly.MaxValue
        ? DateTimeOffset.MaxValue
        : new(last.ToDateTime(TimeOnly.MinValue).AddDays(1), TimeSpan.Zero);

    private static string WordOf(Plan plan) => plan.ToString().ToLowerInvariant();

    private static Plan PlanOf(string word, string what) =>
        Enum.TryParse<Plan>(word, ignoreCase: true, out var plan) && Enum.IsDefined(plan) && !char.IsDigit(word[0])
            ? plan
            : throw new OptionsException($"{what} can't be '{word}': it must be free, unlimited or premium");

    private static async Task<string> ReadPasswordAsync() =>
        await PasswordInput.ReadNewAsync(CancellationToken.None) is { Length: > 0 } password
            ? password
            : throw new OptionsException("no password was given");

    private static AccountRoles RolesOf(string names) => RoleNames.TryParse(names, out var roles)
        ? roles
        : throw new OptionsException(names.Length == 0
            ? "--role is needed: listener, import, or both with a comma"
            : $"--role can't be '{names}': it must be listener, import, or both with a comma");

    private static string List(IReadOnlyList<AccountEntry> accounts)
    {
        if (accounts.Count == 0)
            return "There are no accounts.";

        var width = accounts.Max(static entry => entry.Account.Name.Length);
        return string.Join(Environment.NewLine, accounts.Select(entry =>
            $"{entry.Account.Name.PadRight(width)}  {RoleNames.Of(entry.Account.Roles),-15}  {entry.Country,-2}"
            + $"  since {entry.Created:yyyy-MM-dd}  {entry.Reference}"
            + $"  {entry.Sessions} session{(entry.Sessions == 1 ? "" : "s")}"));
    }
}
