using Microsoft.Extensions.Options;
using SpotifyCore.Backend.Data;
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
        if (options.MasterCopies is < 1 or > 16)
            wrong.Add($"MasterCopies must be 1 to 16, not {options.MasterCopies}");
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

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static void CheckNodes(string option, string[] nodes, List<string> wrong) =>
        wrong.AddRange(nodes.Where(node => !SitedAddress.TryParse(node, out _))
            .Select(node => $"{option}: '{node}' is not [site=][id@]host:port"));
}
