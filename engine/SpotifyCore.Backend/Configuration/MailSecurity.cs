namespace SpotifyCore.Backend.Configuration;

/// <summary>How the connection to the server that sends mail is guarded.</summary>
public enum MailSecurity
{
    /// <summary>TLS after the server's greeting; without it nothing is sent.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Tls,

    /// <summary>Not at all: only for a server on this machine.</summary>
    None,
}
