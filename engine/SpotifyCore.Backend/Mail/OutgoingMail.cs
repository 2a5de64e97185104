namespace SpotifyCore.Backend.Mail;

/// <summary>A mail that is to be sent. No record: nothing prints it, with its code.</summary>
/// <param name="to">To which address.</param>
/// <param name="subject">What it is about, one line.</param>
/// <param name="text">All it says.</param>
internal sealed class OutgoingMail(string to, string subject, string text)
{
    /// <summary>To which address.</summary>
    public string To => to;

    /// <summary>What it is about.</summary>
    public string Subject => subject;

    /// <summary>All it says.</summary>
    public string Text => text;
}
