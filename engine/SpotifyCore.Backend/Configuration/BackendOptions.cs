using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using SpotifyCore.Backend.Billing.Webhooks;
using SpotifyCore.Backend.Plans;

namespace SpotifyCore.Backend.Configuration;

/// <summary>Where the access point keeps its data, which nodes it tells of, and how long its words hold.</summary>
public sealed class BackendOptions
{
    /// <summary>Most master nodes that keep a file: as many as a node may ask for one chunk.</summary>
    internal const int MaxMasterCopies = 6;

    /// <summary>Directory of the database, the service secret and the signing key; made if it is missing.</summary>
    [Description("Directory of the database, the service secret and the signing key.")]
    [Required]
    public string DataDirectory { get; set; } = "";

    /// <summary>
    /// A database of PostgreSQL, as Npgsql names it, in place of the file in <see cref="DataDirectory"/>; several
    /// access points may share it. Empty: the file.
    /// </summary>
    [Description(
        "PostgreSQL in place of a file in the directory: Host=NAME;Username=NAME;Database=NAME and so on.")]
    public string Database { get; set; } = "";

    /// <summary>Production storage that clients are told of, each <c>[site=][id@]host:port</c>.</summary>
    [Description("Storage nodes that clients are told of, each [SITE=][ID@]HOST:PORT.")]
    public string[] StorageNodes { get; set; } = [];

    /// <summary>Master nodes that imports write to, each <c>[site=][id@]host:port</c>.</summary>
    [Description("Master nodes that imports write to, each [SITE=][ID@]HOST:PORT.")]
    public string[] MasterNodes { get; set; } = [];

    /// <summary>How many master nodes keep each file; 2 unless set.</summary>
    [Description("Master nodes that keep each file; the same as the nodes' --copies.")]
    [Range(1, MaxMasterCopies)]
    public int MasterCopies { get; set; } = 2;

    /// <summary>How long a ticket holds: 1 minute to 1 hour; 1 hour unless set.</summary>
    [Description("How long a ticket holds, 1m to 1h; refreshed in time by itself.")]
    public TimeSpan TicketLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long the files of what nothing shows are kept: 1 minute to 10 years; 30 days unless set.</summary>
    [Description("How long masters keep the files of what was removed; until then it can be undone.")]
    public TimeSpan RemovalGrace { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// True when an account plays on one device at a time: one that begins pauses the other. True unless set.
    /// </summary>
    [Description("An account plays on one device at a time: one that begins pauses the other.")]
    public bool OneStreamPerAccount { get; set; } = true;

    /// <summary>How long a session holds since its last ticket; 30 days unless set.</summary>
    [Description("How long a login holds since it was last used.")]
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>What plans are like here.</summary>
    public PlanOptions Plans { get; } = new();

    /// <summary>Where a billing provider says what was paid for; nowhere unless that is set.</summary>
    public BillingOptions Billing { get; } = new();

    /// <summary>How mail is sent; none is unless that is set.</summary>
    public MailOptions Mail { get; } = new();

    /// <summary>Providers of OpenID Connect to sign in through, each <c>name=client@https://issuer</c>.</summary>
    [Description("Providers of OpenID Connect to sign in through, each NAME=CLIENT_ID@ISSUER, an https address.")]
    public string[] IdentityProviders { get; set; } = [];

    /// <summary>How many invitations each account has to give: 0 to 1,000; 3 unless set.</summary>
    [Description("Invitations that each account has to give.")]
    [Range(0, 1_000)]
    public int Invitations { get; set; } = 3;

    /// <summary>How long an invitation can be taken: 1 minute to 1 year; 30 days unless set.</summary>
    [Description("How long an invitation can be taken.")]
    public TimeSpan InvitationLifetime { get; set; } = TimeSpan.FromDays(30);
}
