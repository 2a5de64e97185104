namespace SpotifyCore.Backend.Tests.Mail;

/// <summary>What a person does with a mail.</summary>
internal static class ReadMail
{
    /// <summary>The code that it says to type after <c>spotifycore account WORD</c>; null where it says nothing such.</summary>
    public static string? CodeIn(string mail, string word)
    {
        var told = $"spotifycore account {word} ";
        var at = mail.IndexOf(told, StringComparison.Ordinal);
        return at < 0 ? null : mail[(at + told.Length)..].Split('\n')[0].Trim();
    }
}
