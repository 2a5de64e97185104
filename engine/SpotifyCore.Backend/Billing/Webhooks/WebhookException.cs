namespace SpotifyCore.Backend.Billing.Webhooks;

/// <summary>An event that can't be taken; the message says why.</summary>
/// <param name="message">Why.</param>
/// <param name="mayPass">Whether it can be once the operator or somebody has done something.</param>
internal sealed class WebhookException(string message, bool mayPass = false) : Exception(message)
{
    /// <summary>Whether it can be taken once somebody has done something: it is to be sent again.</summary>
    public bool MayPass => mayPass;
}
