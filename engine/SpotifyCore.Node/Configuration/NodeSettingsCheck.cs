using Microsoft.Extensions.Options;
using SpotifyCore.Hosting.Options;

namespace SpotifyCore.Node.Configuration;

/// <summary>Checks that the texts of <see cref="NodeOptions"/> can be understood, before anything is started.</summary>
internal sealed class NodeSettingsCheck : IValidateOptions<NodeOptions>
{
    public ValidateOptionsResult Validate(string? name, NodeOptions options)
    {
        try
        {
            _ = new NodeSettings(options);
            return ValidateOptionsResult.Success;
        }
        catch (OptionsException wrong)
        {
            return ValidateOptionsResult.Fail(wrong.Message);
        }
    }
}
