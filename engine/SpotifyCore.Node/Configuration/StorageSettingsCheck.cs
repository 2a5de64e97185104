using Microsoft.Extensions.Options;
using SpotifyCore.Hosting.Options;

namespace SpotifyCore.Node.Configuration;

/// <summary>Checks the lists of nodes that a storage node needs, before anything is started.</summary>
internal sealed class StorageSettingsCheck(IOptions<NodeOptions> node) : IValidateOptions<StorageNodeOptions>
{
    private const int MostSiblings = 4;

    public ValidateOptionsResult Validate(string? name, StorageNodeOptions options)
    {
        if (node.Value.Masters.Length == 0)
            return ValidateOptionsResult.Fail("Masters is needed: every master node, as id@host:port");

        if (options.Siblings.Length > MostSiblings)
            return ValidateOptionsResult.Fail($"Siblings may hold {MostSiblings} nodes at most");

        try
        {
            NodeSettings.Addresses(nameof(options.Siblings), options.Siblings);
            return ValidateOptionsResult.Success;
        }
        catch (OptionsException wrong)
        {
            return ValidateOptionsResult.Fail(wrong.Message);
        }
    }
}
