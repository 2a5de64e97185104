using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace SpotifyCore.Backend.Configuration;

/// <summary>
/// How mail is sent: by a server, or into a directory from which something else takes it. Without either none is.
/// </summary>
public sealed class MailOptions
{
    /// <summary>The server's host name or address; empty for none.</summary>
    [Description("Host name of the server that sends mail (SMTP); none is sent unless this or the directory is set.")]
    public string Server { get; set; } = "";

    /// <summary>Its port; 587 unless set.</summary>
    [Description("Its port.")]
    [Range(1, 65_535)]
    public int Port { get; set; } = 587;

    /// <summary>How the connection is guarded.</summary>
    [Description("StartTls, Tls from the first byte (port 465), or None, which only a server on this machine may have.")]
    public MailSecurity Security { get; set; } = MailSecurity.StartTls;

    /// <summary>Whom to log in as; empty for nobody.</summary>
    [Description("Whom to log in to it as, if it wants that.")]
    public string UserName { get; set; } = "";

    /// <summary>With which password.</summary>
    [Description("With which password; it belongs into the environment or the settings file.")]
    public string Password { get; set; } = "";

    /// <summary>Directory in which each mail becomes a file, in place of a server; made if it is missing.</summary>
    [Description("Directory in which each mail becomes a file (.eml), in place of a server.")]
    public string Directory { get; set; } = "";

    /// <summary>From whom mail is; needed where any is sent.</summary>
    [Description("Address from which mail is sent; needed where any is.")]
    public string From { get; set; } = "";
}
