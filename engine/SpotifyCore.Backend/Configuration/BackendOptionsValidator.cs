using System.Net;
using Microsoft.Extensions.Options;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Billing.Webhooks;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Plans;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Backend.Configuration;

/// <summary>Says everything that is wrong at once.</summary>
internal sealed class BackendOptionsValidator : IValidateOptions<BackendOptions>
{
    public ValidateOptionsResult Validate(string? name, BackendOptions options)
    {
        var wrong = new List<string>();
        if (options.DataDirectory.Length == 0)
            wrong.Add("DataDirectory is missing: where the access point keeps its data");

        // What it says may hold a password.
        if (options.Database.Length > 0 && !PostgresDatabase.IsConnectionString(options.Database))
            wrong.Add("Database is not of the form Host=NAME;Username=NAME;Database=NAME");

        CheckNodes(nameof(options.StorageNodes), options.StorageNodes, wrong);
        CheckNodes(nameof(options.MasterNodes), options.MasterNodes, wrong);
        if (options.MasterCopies is < 1 or > BackendOptions.MaxMasterCopies)
            wrong.Add($"MasterCopies must be 1 to {BackendOptions.MaxMasterCopies}, not {options.MasterCopies}");
        if (options.TicketLifetime < TimeSpan.FromMinutes(1) || options.TicketLifetime > Ticket.MaxLifetime)
            wrong.Add($"TicketLifetime must be 1m to {Ticket.MaxLifetime.TotalHours}h");
        if (options.RemovalGrace < TimeSpan.FromMinutes(1) || options.RemovalGrace > TimeSpan.FromDays(3_653))
            wrong.Add("RemovalGrace must be 1m to 3653d");
        if (options.SessionLifetime < options.TicketLifetime || options.SessionLifetime > TimeSpan.FromDays(400))
            wrong.Add("SessionLifetime must be that of a ticket to 400d");
        if (options.Invitations is < 0 or > 1_000)
            wrong.Add($"Invitations must be 0 to 1000, not {options.Invitations}");
        if (options.InvitationLifetime < TimeSpan.FromMinutes(1) || options.InvitationLifetime > TimeSpan.FromDays(366))
            wrong.Add("InvitationLifetime must be 1m to 366d");

        CheckPlans(options.Plans, wrong);
        CheckBilling(options.Billing, wrong);
        CheckProviders(options.IdentityProviders, wrong);
        CheckMail(options.Mail, wrong);
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static void CheckPlans(PlanOptions plans, List<string> wrong)
    {
        wrong.AddRange(plans.CountriesWithoutFree.Where(static country => !CountryCodes.TryRead(country, out _))
            .Select(static country => $"Plans:CountriesWithoutFree: '{country}' is no country, as SE is one"));
        if (plans.RenewalGrace < TimeSpan.Zero || plans.RenewalGrace > TimeSpan.FromDays(14))
            wrong.Add("Plans:RenewalGrace must be 0 to 14d");
        if (plans.AdvertEvery < TimeSpan.Zero || plans.AdvertEvery > TimeSpan.FromDays(1))
            wrong.Add("Plans:AdvertEvery must be 0 to 1d");
    }

    private static void CheckBilling(BillingOptions billing, List<string> wrong)
    {
        wrong.AddRange(billing.Prices.Where(static price => !PriceList.TryParse(price, out _, out _))
            .Select(static price => $"Billing:Prices: '{price}' is not PRICE=unlimited or PRICE=premium"));
        wrong.AddRange(billing.Prices
            .Select(static price => PriceList.TryParse(price, out var id, out _) ? id : "").Where(static id => id.Length > 0)
            .CountBy(static id => id, StringComparer.Ordinal).Where(static id => id.Value > 1)
            .Select(static id => $"Billing:Prices: the price '{id.Key}' is there {id.Value} times"));
        if (billing.Listen.Length == 0)
            return;

        if (!EndpointAddress.TryParse(billing.Listen, out var address) || address.Kind != EndpointKind.Http
            || !IsHere(address.Host))
            wrong.Add("Billing:Listen must be http://127.0.0.1:PORT: what takes TLS passes events on to it");
        if (billing.Secrets.Length is 0 or > 2 || billing.Secrets.Any(static secret => secret.Length == 0))
            wrong.Add("Billing:Secrets must be what the provider signs with, or two while that is changed");
        if (billing.Prices.Length == 0)
            wrong.Add("Billing:Prices must say what pays for which plan, each PRICE=unlimited or PRICE=premium");
    }

    private static void CheckMail(MailOptions mail, List<string> wrong)
    {
        if (mail.Server.Length > 0 && mail.Directory.Length > 0)
            wrong.Add("Mail:Server and Mail:Directory exclude each other: mail goes one way");
        if (mail.Server.Length + mail.Directory.Length > 0 && !AccountRules.IsEmail(mail.From))
            wrong.Add("Mail:From must be the address from which mail is sent, such as music@example.com");
        if (mail is { Server.Length: > 0, Security: MailSecurity.None } && !IsHere(mail.Server))
            wrong.Add("Mail:Security may be None for a server on this machine alone: mail carries codes");
    }

    private static void CheckProviders(string[] settings, List<string> wrong)
    {
        var read = new List<ProviderSetting>();
        foreach (var setting in settings)
        {
            if (ProviderSetting.TryParse(setting, out var provider))
                read.Add(provider);
            else
                wrong.Add($"IdentityProviders: '{setting}' is not name=client@https://issuer (http on this machine alone)");
        }

        wrong.AddRange(read.CountBy(static provider => provider.Name).Where(static name => name.Value > 1)
            .Select(static name => $"IdentityProviders: there are {name.Value} of the name '{name.Key}'"));
        wrong.AddRange(read.CountBy(static provider => provider.Issuer).Where(static issuer => issuer.Value > 1)
            .Select(static issuer => $"IdentityProviders: {issuer.Key} stands there {issuer.Value} times"));
    }

    private static bool IsHere(string host) => host == "localhost"
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static void CheckNodes(string option, string[] nodes, List<string> wrong) =>
        wrong.AddRange(nodes.Where(node => !SitedAddress.TryParse(node, out _))
            .Select(node => $"{option}: '{node}' is not [site=][id@]host:port"));
}
